"""What a new `outlets.toml` looks like: everything explained, nothing switched on."""

from __future__ import annotations

FILE = "outlets.toml"

TEXT = """\
# How people are told: one table for each channel that rules name: mail, sms, im. A channel
# without a table is left to people. The worker takes up every change of this file by
# itself; try one with `console outlet test CHANNEL ADDRESS`. Everything about it:
# docs/administrators/notices.md.
#
# Secrets never stand here: secret_file names a file beside this one (chmod 600, best with
# a name that begins with outlets), secret_env a variable of the worker's environment.
#
# lang = "zh"                       # the language notices are written in
#
# [mail]
# kind = "smtp"
# host = "mail.example.org"
# port = 587
# tls = "starttls"                  # starttls, tls (from the first byte, port 465), none
# ca_file = "mail.pem"              # a certificate to trust, beside this file
# server_name = "mail.example.org"  # where the certificate is made out to another name
# user = "console"
# secret_file = "outlets.mail.secret"
# sender = "Hotline <hotline@example.org>"
#
# [sms]                             # a gateway, by an address apprise knows;
# kind = "apprise"                  # {address} is the number, digits only
# urls = ["jsons://sms.example.org/send?to={address}&+Authorization=Bearer%20{secret}"]
# secret_env = "CONSOLE_SMS_TOKEN"
#
# [im]                              # WeCom, DingTalk, Feishu …; a group's bot needs no
# kind = "apprise"                  # {address}, which is a person's chat account
# urls = ["wecombot://{secret}"]    # several: the next is tried when one does not take it
# secret_file = "outlets.im.secret"
# markup = "markdown"
#
# [sms]                             # or a program of your own, told by JSON over HTTP; a
# kind = "webhook"                  # repetition comes with the same Idempotency-Key
# url = "https://ops.example.org/sms/{address}"
# secret_env = "CONSOLE_HOOK_TOKEN" # sent as Authorization: Bearer
#
# In every table, with the values that hold when they are left out:
# timeout = 20                      # seconds for the whole of one attempt
# at_once = 4                       # so many at the same time
# attempts = 12
# first_wait = "1m"                 # until the second attempt; then twice as long each time
# longest_wait = "1h"
# give_up = "24h"                   # what has waited so long is not sent any more
"""
