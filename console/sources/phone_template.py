"""What a new `phone.toml` looks like: everything explained, nothing switched on."""

from __future__ import annotations

FILE = "phone.toml"

TEXT = """\
# The telephone exchanges this hotline listens to: Asterisk (FreePBX is one), FreeSWITCH,
# hosted ones.
# The process that runs the lines takes up every change of this file by itself; `console
# doctor` tries them.
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
#
# A FreeSWITCH exchange has the same settings, except tls; these are otherwise:
# [[exchange]]
# kind = "freeswitch"
# name = "fs"
# host = "127.0.0.1"                # the event socket, or this end of a tunnel to it
# port = 8021
# secret_file = "phone-fs.secret"   # the password in event_socket.conf.xml
# user = "console@pbx.example"      # leave out, unless it logs in as a user of the directory
# trunk_contexts = ["public"]       # the contexts outside calls come in by
# queues = ["support@default"]      # as mod_callcenter names them; leave out for all
# station_channel = "user/{station}"
# dial_context = "default"
#
# A hosted exchange reports its calls by itself, over HTTP; it places none. hours, did and
# station_pattern as above.
# [[exchange]]
# kind = "webhook"
# name = "cloud"
# secret_file = "phone-cloud.secret"   # 16 characters or more; or secret, or secret_env
# host = "127.0.0.1"                # the address to listen at; 0.0.0.0: from everywhere
# port = 8077
# path = "/calls"
# auth = "signature"                # or "bearer", for an exchange that cannot sign
# cert_file = "cloud.pem"           # serve HTTPS; certificate and chain, beside this file
# key_file = "cloud.key"            # where the key is not in the same file
# window = 300                      # seconds a signed request is good for
# ring_limit = 300                  # seconds: longer than anybody is kept waiting
# talk_limit = 14400                # seconds: longer than anybody talks
# rate = 100                        # requests a second, in all
# peer_rate = 50                    # the same from one address
#
# Where the exchange names people instead of their extensions:
# [[exchange.seat]]
# user = "Li Na"
# extension = "8001"
"""
