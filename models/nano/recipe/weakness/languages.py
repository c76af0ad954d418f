# SPDX-License-Identifier: Apache-2.0
"""All languages by name."""
from .lang_c import C, CPP
from .lang_compiled import GO, RUST
from .lang_managed import CSHARP, JAVA
from .lang_python import PYTHON
from .lang_script import PERL, RUBY, SHELL
from .lang_web import JAVASCRIPT, PHP, TYPESCRIPT
from .layout import SplitFillers

LANGUAGES = {language.name: language for language in (
    PYTHON, JAVASCRIPT, TYPESCRIPT, PHP, RUBY, PERL, SHELL, C, CPP, GO, RUST, JAVA, CSHARP)}

for _language in LANGUAGES.values():
    _language.middle_fillers, _language.last_fillers = SplitFillers(_language)

# How a file of lines without functions looks: configuration, markup. (comment, fillers)
PLAIN_LANGUAGES = {
    "yaml": ("# «prose»", ["«key»: «n»", "«key»: «w»", "«key»:⏎⇥- «w»⏎⇥- «w»", "«w»: true", "«snake»: \"«w»\"", "«w»:⏎⇥«key»: «n»",
                           "name: «dash»", "image: «w»/«w»:1.«d»", "host: «host»", "- «w»", "port: «n»", "user: «w»",
                           "replicas: «d»", "- name: «C»⏎⇥value: \"«n»\"", "path: «path»"]),
    "toml": ("# «prose»", ["«snake» = «n»", "«snake» = \"«w»\"", "[«w».«w»]", "«snake» = true", "host = \"«host»\"",
                           "«key» = [\"«w»\", \"«w»\"]", "port = «n»", "[«w»]", "user = \"«w»\"", "path = \"«path»\""]),
    "ini": ("«;|#» «prose»", ["«snake» = «n»", "«snake» = «w»", "[«w»]", "«key»=«w»", "host=«host»", "port = «n»", "«w».«w»=true",
                          "user = «w»", "path = «path»"]),
    "env": ("# «prose»", ["«C»=«n»", "«C»=«w»", "«C»_HOST=«host»", "«C»_PORT=«n»", "«C»=true", "export «C»=«w»", "«C»_USER=«w»",
                          "«C»_DIR=«path»"]),
    "dockerfile": ("# «prose»", ["FROM «w»:«d».«d»", "RUN apt-get install -y «w»", "COPY «w» /«w»", "WORKDIR «path»",
                                 "ENV «C»=«w»", "ENV «C» «n»", "EXPOSE «n»", "CMD [\"«w»\", \"--«dash»\"]", "USER «w»",
                                 "ARG «C»", "LABEL «w»=\"«w»\"", "ENTRYPOINT [\"/«w»\"]"]),
    "json": ("\"«key»\": «n»,", ["\"«key»\": «n»,", "\"«key»\": \"«w»\",", "\"«key»\": true,", "\"host\": \"«host»\",",
                          "\"«key»\": [\"«w»\"],", "\"port\": «n»,", "\"user\": \"«w»\","]),
    "xml": ("<!-- «prose» -->", ["<«w»>«w»</«w»>", "<property name=\"«camel»\" value=\"«n»\"/>", "<add key=\"«P»\" value=\"«w»\" />",
                                 "<«w» id=\"«w»\"/>", "<«w»>", "<host>«host»</host>", "<user>«w»</user>"]),
    "html": ("<!-- «prose» -->", ["<div class=\"«dash»\">", "<p>«Prose».</p>", "</div>", "<h2>«Prose»</h2>", "<br>",
                                  "<a href=\"/«w»\">«Prose»</a>", "<li>«w»</li>", "<input name=\"«w»\" type=\"text\">",
                                  "<td>«Prose»</td>", "<ul>", "</ul>", "<span id=\"«dash»\">«w»</span>"]),
    "sql": ("-- «prose»", ["SELECT «col» FROM «tbl»;", "CREATE TABLE «tbl» (id INTEGER PRIMARY KEY, «col» TEXT);", "BEGIN",
                           "DECLARE «snake» INT;", "END;", "INSERT INTO «tbl» VALUES («n», '«w»');", "COMMIT;",
                           "SET @«snake» = «n»;", "CREATE INDEX ON «tbl» («col»);", "RETURN «snake»;"]),
}
