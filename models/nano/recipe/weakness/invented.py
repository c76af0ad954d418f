# SPDX-License-Identifier: Apache-2.0
"""Calls that no library has, whose names and arguments still tell what they do. Training only.

A text that is a statement, a command, markup or a path is what makes the call weak; so the callee's name is open here, and all
harmless ways of a flow (fixed texts, checked and disarmed values) go through the same names. Keys that switch a check off or on,
digests and generators are named by their own words and by invented ones.
"""
from .template import Rows

_RUN = "«run|execute|exec|query|fetch|select|send|submit|raw»"
_SQL = {
    "python": f"""
method | expr | «v».{_RUN}«|_«w»|_sql|_query|_all|_one»⟦«E»⟧
call | expr | «run|exec|execute|fetch|select»_«sql|query|«w»|statement»⟦«v»¦«E»⟧
self | expr | self._«{_RUN[1:-1]}»«|_«w»»⟦«E»⟧
keyword | expr | «v».{_RUN}⟦«sql|query|statement|text»=«E»⟧
""",
    "javascript typescript": f"""
method | expr | «v».{_RUN}«|«P»|Sql|Query|All|One»⟦«E»⟧
call | expr | «run|fetch|select|send»«Sql|Query|«P»»⟦«v»¦«E»⟧
keyword | expr | «v».{_RUN}⟦{{ «sql|query|text|statement»: «E» }}⟧
""",
    "php": """
method | expr | $«v»->«run|fetch|select|rawSql|runQuery|fetchAll|getRows»⟦«E»⟧
this | expr | $this->«run|fetch|select»«Sql|Query|«P»»⟦«E»⟧
static | expr | «P»::«run|raw|fetch|rows»⟦«E»⟧
""",
    "java csharp": """
method | expr | «v».«run|fetch|select|runQuery|findBySql|rawQuery|fetchRows»⟦«E»⟧
call | expr | «run|fetch|select»«Sql|Query|«P»»⟦«E»⟧
new | expr | new «P»«Query|Statement»⟦«E»⟧
""",
    "go": """
method | expr | «v».«Run|Fetch|Select|RunQuery|RawSQL|FetchAll|Rows»⟦«E»⟧
ctx | expr | «v».«Run|Fetch|Select|Rows»«|Sql|Query»⟦ctx¦«E»⟧
call | expr | «run|fetch|select»«SQL|Query|«P»»⟦«v»¦«E»⟧
""",
    "rust": """
method | expr | «v».«run|fetch|select|run_query|raw_sql|rows»⟦&«E»⟧
call | expr | «run|fetch|select»_«sql|query|«w»»⟦&«v»¦&«E»⟧
""",
    "c": """
call | expr | «db|sql|store|«w»»_«run|query|exec|select|fetch»«|_«w»»⟦«v»¦«E»⟧
""",
    "cpp": """
method | expr | «v»«.|->»«run|query|select|fetch|runSql|Execute|Query»⟦«E»⟧
call | expr | «run|fetch|select»_«sql|query|«w»»⟦«v»¦«E»⟧
""",
}
_COMMAND = {
    "python": """
call | expr | «run|exec|do|start|call»_«shell|command|cmd|in_shell|system»⟦«E»⟧
method | expr | «v».«shell|run_shell|system|sh|bash|run_command|remote_exec»⟦«E»⟧
keyword | expr | «f»⟦«E»¦shell=True⟧
""",
    "javascript typescript": """
call | expr | «run|spawn|start|do»«Shell|Command|Cmd|InShell»⟦«E»⟧
method | expr | «v».«shell|runShell|sh|bash|system|runCommand»⟦«E»⟧
option | expr | «f»⟦«E»¦{ shell: true }⟧
""",
    "php": """
method | expr | $«v»->«shell|runShell|sh|system|runCommand»⟦«E»⟧
call | expr | «run|exec»_«shell|command|cmd»⟦«E»⟧
""",
    "java": """
call | expr | «run|start|call»«Shell|Command|InShell»⟦«E»⟧
method | expr | «v».«shell|runShell|sh|system|runCommand»⟦«E»⟧
""",
    "go": """
call | expr | «run|start|call»«Shell|Command|InShell»⟦«E»⟧
method | expr | «v».«Shell|RunShell|Sh|System|RunCommand»⟦«E»⟧
""",
    "rust": """
call | expr | «run|start|call»_«shell|command|in_shell»⟦&«E»⟧
""",
    "c": """
call | expr | «run|do|my|safe_log|w»_«system|shell|command|popen»⟦«E»⟧
""".replace("|safe_log|w»", "|«w»»"),
    "cpp": """
call | expr | «run|exec|call»_«shell|command|system»⟦«E»⟧
method | expr | «v»«.|->»«shell|runShell|system|RunCommand»⟦«E»⟧
""",
    "ruby": """
call | expr | «run|call»_«shell|command»⟦«E»⟧
""",
    "perl": """
call | expr | «run|call»_«shell|command»⟦«E»⟧
""",
}
_MARKUP = "«write|print|put|emit|set|add|append|output|render|show»"
_XSS = {
    "python": f"""
call | expr | {_MARKUP}_«html|markup|page|raw|unescaped»⟦«E»⟧
method | expr | «v».{_MARKUP}_«html|markup|page|raw|unescaped»⟦«E»⟧
unsafe | expr | «unsafe|raw|trusted|Safe»«_html|HTML|Html»⟦«E»⟧
""".replace("«_html|HTML|Html»", "_html"),
    "javascript typescript": f"""
call | expr | {_MARKUP}«Html|Markup|Page|HTML|RawHtml»⟦«E»⟧
method | expr | «v».{_MARKUP}«Html|Markup|Page|HTML|RawHtml»⟦«E»⟧
unsafe | expr | «unsafe|raw|trusted|trust»«Html|HTML|Markup»⟦«E»⟧
field | stmt | «v».«html|rawHtml|markup|unsafeHTML» = «E»
""",
    "php": f"""
call | expr | {_MARKUP}«Html|Markup|Raw|_html»⟦«E»⟧
method | expr | $«v»->{_MARKUP}«Html|Markup|Raw»⟦«E»⟧
""",
    "java": f"""
method | expr | «v».{_MARKUP}«Html|Markup|Raw|Page»⟦«E»⟧
""",
    "go": """
method | expr | «v».«Write|Set|Emit|Send|Put»«HTML|Markup|Page|RawHTML»⟦«E»⟧
call | expr | «write|emit|send|put»«HTML|Markup|Page»⟦w¦«E»⟧
""",
    "rust": """
call | expr | «raw|unsafe|trusted|write|send»_«html|markup|page»⟦«E»⟧
""",
}
_FILE = "«read|load|open|delete|remove|save|send|serve|stream|show»"
_PATH = {
    "python": f"""
call | expr | {_FILE}_«file|document|attachment|image|template»⟦«E»⟧
method | expr | «v».{_FILE}_«file|document|attachment|from_disk»⟦«E»⟧
""",
    "javascript typescript": f"""
call | expr | «load|open|delete|remove|save|serve|stream»«File|Document|Attachment|FromDisk»⟦«E»⟧
method | expr | «v».{_FILE}«Document|Attachment|FromDisk|Upload»⟦«E»⟧
""",
    "php": f"""
method | expr | $«v»->{_FILE}«File|Document|Attachment»⟦«E»⟧
call | expr | «read|load|open|delete|save|send»_«file|document|attachment»⟦«E»⟧
""",
    "java": f"""
call | expr | {_FILE}«File|Document|Attachment»⟦«E»⟧
method | expr | «v».{_FILE}«File|Document|FromDisk»⟦«E»⟧
""",
    "go": f"""
call | expr | {_FILE}«File|Document|Attachment»⟦«E»⟧
method | expr | «v».«Read|Load|Open|Delete|Remove|Save|Send|Serve»«File|Document»⟦«E»⟧
""",
    "rust": f"""
call | expr | {_FILE}_«file|document|attachment»⟦&«E»⟧
""",
    "c": f"""
call | expr | {_FILE}_«file|document|attachment»⟦«E»¦&«v»⟧
prefixed | expr | «w»_«fopen|open_file|read_file|unlink»⟦«E»⟧
""",
    "cpp": f"""
call | expr | {_FILE}«File|Document|Attachment»⟦«E»⟧
""",
    "ruby csharp": f"""
call | expr | {_FILE}_«file|document»⟦«E»⟧
""",
}

SINKS = {3: _SQL, 2: _COMMAND, 11: _XSS, 7: _PATH}

# A check of the peer by the words that name it: what is switched off, and what is allowed.
_CHECK = {"snake": "«verify|validate|check|enforce|require»_«ssl|tls|cert|certs|certificate|peer|host|hostname|server_cert|ca|chain»",
          "camel": "«verify|validate|check|enforce|require»«Ssl|Tls|Cert|Certs|Certificate|Peer|Host|HostName|ServerCert|Chain»",
          "pascal": "«Verify|Validate|Check|Enforce|Require»«Ssl|Tls|Cert|Certificate|Peer|Host|HostName|ServerCert|Chain»"}
_ALLOW = {"snake": "«allow|accept|trust|permit»_«insecure|self_signed|invalid_certs|untrusted|any_cert|all_certs|invalid_hostnames|expired_certs»",
          "camel": "«allow|accept|trust|permit»«Insecure|SelfSigned|InvalidCerts|Untrusted|AnyCert|AllCerts|InvalidHostnames»",
          "pascal": "«Allow|Accept|Trust|Permit»«Insecure|SelfSigned|InvalidCerts|Untrusted|AnyCert|AllCerts»"}
_SKIP = {"snake": "«skip|disable|ignore|no»_«ssl_verify|tls_verify|cert_check|certificate_errors|ssl_errors|hostname_check|peer_check|tls_validation»",
         "camel": "«skip|disable|ignore|no»«SslVerify|TlsVerify|CertCheck|CertificateErrors|SslErrors|HostnameCheck|TlsValidation»",
         "pascal": "«Skip|Disable|Ignore|No»«SslVerify|TlsVerify|CertCheck|CertificateErrors|HostnameCheck|TlsValidation»"}


def _Switches(style, shapes, true, false):
    """Rows that switch a check off, and rows that leave it on."""
    weak, alike = [], []
    for index, shape in enumerate(shapes):
        for name, keys, off, on in (("check", _CHECK, false, true), ("allow", _ALLOW, true, false), ("skip", _SKIP, true, false)):
            weak.append("%s%d | %s" % (name, index, shape.replace("KEY", keys[style]).replace("VALUE", off)))
            alike.append("%s%d | %s" % (name, index, shape.replace("KEY", keys[style]).replace("VALUE", on)))
    return "\n".join(weak), "\n".join(alike)


_TLS_SHAPES = {
    "python": ("snake", ["expr | «f»⟦«v»¦KEY=VALUE⟧", "lines | «v1».KEY = VALUE", "lines | «v1» = «P»(«v2», KEY=VALUE)", "lines | «options|kwargs|settings»[\"KEY\"] = VALUE",
                         "lines | KEY=VALUE,"], "True", "False"),
    "javascript typescript": ("camel", ["lines | KEY: VALUE,", "lines | «v1».KEY = VALUE;", "lines | const «v1» = new «P»(«v2», { KEY: VALUE });"], "true", "false"),
    "go": ("pascal", ["lines | KEY: VALUE,", "lines | «v1».KEY = VALUE", "lines | «v1» := &«P»{KEY: VALUE}"], "true", "false"),
    "java": ("pascal", ["stmt | «v».set«KEY»⟦VALUE⟧".replace("«KEY»", "KEY"), "lines | «v1».setKEY(VALUE);"], "true", "false"),
    "php": ("snake", ["lines | 'KEY' => VALUE,", "lines | $«v1»->KEY = VALUE;", "lines | $«v1» = new «P»($«v2», ['KEY' => VALUE]);"], "true", "false"),
    "c cpp": ("snake", ["lines:struct «snake» *«v1» | «v1»->KEY = VALUE;", "stmt | «w»_set_KEY⟦«v»¦VALUE⟧", "lines | «v1».KEY = VALUE;"], "«1|true|TRUE»", "«0|false|FALSE»"),
    "rust": ("snake", ["lines | KEY: VALUE,", "lines | let «v1» = «P»::builder().KEY(VALUE).build()?;"], "true", "false"),
    "yaml": ("snake", ["top | KEY: VALUE", "top | «tls|ssl|client|upstream»:⏎⇥KEY: VALUE«!»"], "«true|yes»", "«false|no»"),
    "toml": ("snake", ["top | KEY = VALUE"], "true", "false"),
    "ini": ("snake", ["top | KEY = VALUE", "top | KEY=VALUE"], "«true|yes|1|on»", "«false|no|0|off»"),
    "json": ("camel", ["top | \"KEY\": VALUE,"], "true", "false"),
    "shell": ("snake", ["lines | «w» --KEY=VALUE \"$«v»\"", "lines | export «C»_KEY=VALUE"], "«true|1»", "«false|0»"),
}

_DIGEST_SHAPES = {
    "python": ["expr | «w».NAME⟦«v»⟧", "expr | «f»⟦«v»¦«algorithm|method|algo|digest|hash_name»=\"NAME\"⟧", "expr | NAME_«hex|digest|sum|of»⟦«v»⟧", "expr | new_«hash|digest»⟦\"NAME\"¦«v»⟧"],
    "javascript typescript": ["expr | «f»⟦«v»¦{ «algorithm|hash|digest»: 'NAME' }⟧", "expr | NAME«Hex|Sum|Of|Digest»⟦«v»⟧", "expr | «v».digest⟦'NAME'¦«v»⟧"],
    "php": ["expr | $«v»->NAME⟦$«v»⟧", "expr | «P»::NAME⟦$«v»⟧", "expr | NAME_«hex|of|sum»⟦$«v»⟧"],
    "java": ["expr | «P».NAME«Hex|Sum|Of»⟦«v»⟧", "expr | «v».digest⟦\"NAME\"¦«v»⟧"],
    "go": ["expr | «w».«Digest|Hash|New»⟦\"NAME\"¦«v»⟧", "expr | NAME«Hex|Sum|Of»⟦«v»⟧"],
    "rust": ["expr | NAME_«hex|of|digest»⟦&«v»⟧", "expr | «P»::new_«hash|digest»⟦\"NAME\"¦&«v»⟧"],
    "c cpp": ["expr | «w»_NAME_«init|update|final|hash|buffer|digest»⟦&«v»⟧", "expr | NAME_«buf|hash|of|hex»⟦«v»¦«v»¦«v»⟧", "expr | «w»_digest⟦\"NAME\"¦«v»¦«v»⟧"],
    "ruby": ["expr | «P».NAME⟦«v»⟧", "expr | «f»⟦«v»¦«algorithm|digest»: \"NAME\"⟧"],
    "perl": ["expr | NAME_«of|sum»⟦$«v»⟧"],
    "ini": ["top | «password|auth|cookie|session»_«hash|digest|scheme» = NAME"],
    "yaml": ["top | «auth|session|cookie|signing»_«hash|digest|algorithm»: NAME"],
}


def _Tables():
    weak, alike = {12: {}, 6: {}}, {12: {}, 6: {}}
    for languages, (style, shapes, true, false) in _TLS_SHAPES.items():
        weak[12][languages], alike[12][languages] = _Switches(style, shapes, true, false)
    for languages, shapes in _DIGEST_SHAPES.items():
        for table, names in ((weak, "«md5|md5|sha1|sha1|md4»"), (alike, "«sha256|sha512|sha384|blake2b|sha3_256|blake3»")):
            table[6][languages] = "\n".join("digest%d | %s" % (i, shape.replace("NAME", names)) for i, shape in enumerate(shapes))
    return weak, alike


WEAK, ALIKE = _Tables()


def Spread(table):
    """{language: rows} of a family's table of sinks."""
    out = {}
    for languages, text in table.items():
        for language in languages.split():
            out.setdefault(language, []).extend(("i." + name, *rest) for name, *rest in Rows(text, 3))
    return out
