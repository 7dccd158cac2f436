"""What a new `phone.toml` looks like: everything explained, nothing switched on."""

from __future__ import annotations

FILE = "phone.toml"

TEXT = """\
# The telephone exchanges this hotline listens to (Asterisk, FreePBX). The process that
# runs the lines takes up every change of this file by itself; `console doctor` tries them.
#
# [[exchange]]
# name = "hq"                       # small letters; part of the key of every call
# host = "192.0.2.10"
# port = 5038
# tls = false                       # true: AMI over TLS, usually port 5039
# ca_file = "exchange.pem"          # a certificate to trust, beside this file
# server_name = "pbx.example"       # where the certificate is made out to another name
# user = "console"                  # manager.conf: see docs/administrators/telephone.md
# secret_file = "phone.secret"      # or secret = "…", or secret_env = "CONSOLE_HQ_SECRET"
#
# trunk_contexts = ["from-trunk"]   # the dial-plan contexts outside calls come in by
# queues = ["support"]              # only these; leave out for all
# station_pattern = '(?P<station>[0-9]{3,5})'   # a seat's number in PJSIP/8001-0000001a
# area_code = "0755"                # completes numbers sent without one
# hours = ["mon-fri 08:30-18:00", "sat 09:00-12:00"]   # leave out: never closed
#
# Calling from the seat: first the seat's own telephone rings, then the customer's.
# station_channel = "PJSIP/{station}"
# dial_context = "from-internal"
# dial_prefix = ""                  # what is dialled for an outside line
# caller_id = "4008001234"          # what the customer sees
#
# One entry for each number of the hotline, as the exchange sends it. Without any, every
# number is the hotline's.
# [[exchange.did]]
# number = "4008001234"
# line = "acme"                     # the product line its calls are about
# greeting = ""                     # what to say first, instead of the line's own sentence
"""
