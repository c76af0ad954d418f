# SPDX-License-Identifier: Apache-2.0
"""All families by number."""
from .fam_buffer import BUFFER
from .fam_command import COMMAND
from .fam_deserialize import DESERIALIZE
from .fam_eval import EVAL
from .fam_format import FORMAT
from .fam_hash import HASH
from .fam_path import PATH
from .fam_random import RANDOM
from .fam_secret import SECRET
from .fam_sql import SQL
from .fam_tls import TLS
from .fam_xss import XSS

ALL = {family.number: family for family in (
    BUFFER, COMMAND, SQL, EVAL, SECRET, HASH, PATH, FORMAT, RANDOM, DESERIALIZE, XSS, TLS)}
