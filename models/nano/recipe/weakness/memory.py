# SPDX-License-Identifier: Apache-2.0
"""Writes past the end of a buffer, formats and code that come from outside, as whole statements. Training only.

Rows as in natural.py; the harmless twins know the size, fix the format or look a name up.
"""

_BUFFER = """
nulend | lines:int fd | char «v1»[«64|128|256|512»];⏎int n = «read|recv»(fd, «v1», sizeof(«v1»)«|, 0»);⏎«v1»[n] = '\\0';«!»
framelen | lines:int fd | uint16_t len;⏎char «v1»[«64|128|256»];⏎if (read(fd, &len, sizeof(len)) != sizeof(len))⏎⇥return -1;⏎«read(fd, «v1», len)|recv(fd, «v1», ntohs(len), MSG_WAITALL)»;«!»
freadlen | lines:FILE *fp | char «v1»[«64|128|256»];⏎uint32_t n;⏎fread(&n, sizeof(n), 1, fp);⏎fread(«v1», 1, n, fp);«!»
header | lines:const struct «snake»_header *hdr, const uint8_t *«v2» | uint8_t «v1»[«64|128|256»];⏎memcpy(«v1», «v2», «hdr->len|hdr->payload_len|be16toh(hdr->size)|hdr->name_len»);«!»
fieldlen | lines:struct «snake» *«v1», const char *«v2» | memcpy(«v1»->«fld», «v2», strlen(«v2») + 1);
toolarge | lines:const char *«v2» | char «v1»[«16|32»];⏎«strncpy(«v1», «v2», «64|128|256»)|memcpy(«v1», «v2», «64|128»)|snprintf(«v1», «256|128», "%s", «v2»)»;«!»
catuser | lines:const char *«v2», const char *«v3» | char «v1»[«64|128|256»];⏎snprintf(«v1», sizeof(«v1»), "%s=", «v2»);⏎strcat(«v1», «v3»);«!»
catloop | lines:char **«v2», int n | char «v1»[«128|256|512»] = "";⏎for (int i = 0; i < n; i++) {⏎⇥strcat(«v1», «v2»[i]);«!»⏎⇥strcat(«v1», «","|" "»);«?»⏎}
advance | lines:const struct «snake» *«v2» | char «v1»[«128|256|512»], *p = «v1»;⏎for (; «v2» != NULL; «v2» = «v2»->next)⏎⇥p += sprintf(p, "%s;", «v2»->«fld»);«!»
offset | lines:const char *«v2» | char «v1»[«64|128|256»];⏎int n = snprintf(«v1», sizeof(«v1»), "%s: ", «v3»);⏎strcpy(«v1» + n, «v2»);«!»
hexbuf | lines:const uint8_t *«v2», size_t len | char «v1»[«32|64»];⏎for (size_t i = 0; i < len; i++)⏎⇥sprintf(«v1» + 2 * i, "%02x", «v2»[i]);«!»
wide | lines:const wchar_t *«v2» | wchar_t «v1»[«32|64|128»];⏎«wcscpy|wcscat»(«v1», «v2»);«!»
scanfield | lines:const char *«v2» | char «v1»[«16|32|64»], «v3»[«16|32|64»];⏎sscanf(«v2», "%s %s", «v1», «v3»);«!»
scanuser | lines | char «v1»[«16|32»];⏎scanf("%«s|[^\\n]»", «v1»);«!»⏎printf("«Prose» %s\\n", «v1»);
mallocn | lines:const char *«v2» | char *«v1» = malloc(«16|32|64»);⏎if («v1» == NULL)⏎⇥return NULL;⏎«strcpy(«v1», «v2»)|sprintf(«v1», "<%s>", «v2»)|strcat(«v1», «v2»)»;«!»
paramcopy | top | static void «verb»_«w»(char *«v1», const char *«v2»)⏎{⏎⇥«strcpy(«v1», «v2»)|sprintf(«v1», "%s/«w»", «v2»)|strcat(«v1», «v2»)»;«!»⏎}
query | lines | char «v1»[«64|128|256»];⏎const char *q = getenv("QUERY_STRING");⏎if (q)⏎⇥«strcpy(«v1», q)|sprintf(«v1», "%s", q)»;«!»
whilein | lines:const char *«v2» | char «v1»[«32|64»];⏎int i = 0;⏎while (*«v2» != «'\\0'|'\\n'|' '|','»)⏎⇥«v1»[i++] = *«v2»++;«!»
getchar | lines | char «v1»[«32|64|80»];⏎int c, i = 0;⏎while ((c = getchar()) != «'\\n'|EOF»)⏎⇥«v1»[i++] = c;«!»
"""
_BUFFER_ALIKE = """
index | lines:const struct «snake» *«v2» | if («v2»->index >= «C»_MAX)⏎⇥return -ERANGE;⏎«v1»[«v2»->index] = «v3»;
nulend | lines:int fd | char «v1»[«64|128|256»];⏎int n = «read|recv»(fd, «v1», sizeof(«v1») - 1«|, 0»);⏎if (n < 0)⏎⇥return -1;⏎«v1»[n] = '\\0';
framelen | lines:int fd | uint16_t len;⏎char «v1»[«128|256»];⏎if (read(fd, &len, sizeof(len)) != sizeof(len) || len > sizeof(«v1»))⏎⇥return -1;⏎read(fd, «v1», len);
header | lines:const struct «snake»_header *hdr, const uint8_t *«v2» | uint8_t «v1»[«64|128|256»];⏎if (hdr->len > sizeof(«v1»))⏎⇥return -EMSGSIZE;⏎memcpy(«v1», «v2», hdr->len);
minlen | lines:const char *«v2», size_t len | char «v1»[«64|128»];⏎size_t n = len < sizeof(«v1») ? len : sizeof(«v1») - 1;⏎memcpy(«v1», «v2», n);⏎«v1»[n] = '\\0';
bounded | lines:const char *«v2» | char «v1»[«64|128|256»];⏎«snprintf(«v1», sizeof(«v1»), "%s", «v2»)|strlcpy(«v1», «v2», sizeof(«v1»))|strncat(«v1», «v2», sizeof(«v1») - strlen(«v1») - 1)»;
advance | lines:const struct «snake» *«v2» | char «v1»[«256|512»];⏎size_t used = 0;⏎for (; «v2» != NULL && used < sizeof(«v1»); «v2» = «v2»->next)⏎⇥used += snprintf(«v1» + used, sizeof(«v1») - used, "%s;", «v2»->«fld»);
hexbuf | lines:const uint8_t «v2»[16] | char «v1»[33];⏎for (int i = 0; i < 16; i++)⏎⇥snprintf(«v1» + 2 * i, 3, "%02x", «v2»[i]);
digest | lines:const unsigned char *digest | char «v1»[«33|41|65»];⏎for (int i = 0; i < «16|MD5_DIGEST_LENGTH|(int)sizeof(«v1») / 2 - 1»; i++)⏎⇥sprintf(«v1» + «2 * i|i * 2», "%02x", digest[i]);
scanfield | lines:const char *«v2» | char «v1»[32], «v3»[64];⏎sscanf(«v2», "%31s %63s", «v1», «v3»);
whilein | lines:const char *«v2» | char «v1»[64];⏎size_t i = 0;⏎while (*«v2» != '\\0' && i + 1 < sizeof(«v1»))⏎⇥«v1»[i++] = *«v2»++;
getchar | lines | char «v1»[80];⏎int c;⏎size_t i = 0;⏎while ((c = getchar()) != EOF && i < sizeof(«v1») - 1)⏎⇥«v1»[i++] = c;
struct | lines:struct «snake» *«v1», const struct «snake» *«v2» | memcpy(«v1»->«fld1», «v2»->«fld1», sizeof(«v1»->«fld1»));
checked | lines:const char *«v2» | if (strlen(«v2») >= sizeof(«v1»->«fld1»))⏎⇥return -ENAMETOOLONG;⏎strcpy(«v1»->«fld1», «v2»);
fixed | lines | char «v1»[«32|64»];⏎«strcpy(«v1», "«w»")|sprintf(«v1», "%d.%d", «v2», «v3»)|memcpy(«v1», "«w»", 4)|strcat(«v1», ".«ext»")»;
"""
_BUFFER_CPP = """
cstr | lines:const std::string &«v2» | char «v1»[«32|64|128|256»];⏎«std::strcpy(«v1», «v2».c_str())|strcat(«v1», «v2».c_str())|sprintf(«v1», "%s", «v2».c_str())|std::memcpy(«v1», «v2».data(), «v2».size())»;«!»
member | lines:const std::string &«v2» | «std::strcpy|strcpy|std::strcat»(«fld»_, «v2».c_str());
copybegin | lines:const std::string &«v2» | char «v1»[«32|64»];⏎std::copy(«v2».begin(), «v2».end(), «v1»);«!»
cin | lines | char «v1»[«16|32|64»];⏎std::cin >> «v1»;«!»
viewcopy | lines:std::string_view «v2» | std::memcpy(«fld»_, «v2».data(), «v2».size());
"""
_BUFFER_CPP_ALIKE = """
cstr | lines:const std::string &«v2» | char «v1»[«64|128|256»];⏎std::snprintf(«v1», sizeof(«v1»), "%s", «v2».c_str());
checked | lines:const std::string &«v2» | if («v2».size() >= sizeof(«fld1»_)) {⏎⇥throw std::length_error("«prose»");⏎}⏎std::memcpy(«fld1»_, «v2».c_str(), «v2».size() + 1);
vectorindex | lines:const Message &«v2» | «v1».at(«v2».«index|id|slot») = «n»;
vector | lines:std::string_view «v2» | std::vector<char> «v1»(«v2».begin(), «v2».end());
"""

_FORMAT = {
    "c cpp": """
reply | lines:const char *«v2» | «syslog(LOG_«INFO|ERR|WARNING», |fprintf(stderr, |fprintf(fp, |printf(|snprintf(«v1», sizeof(«v1»), »«v2»);
logfield | lines:const struct «snake» *«v2» | «syslog(LOG_INFO, |printf(|fprintf(out, »«v2»->«message|text|name|body|subject|reason»);
built | lines:const char *«v2» | char «v1»[«128|256»];⏎snprintf(«v1», sizeof(«v1»), "«prose» %s", «v2»);⏎«syslog(LOG_ERR, «v1»)|printf(«v1»)|fprintf(stderr, «v1»)»;«!»
argvf | lines:int argc, char **argv | «printf(argv[1])|fprintf(stderr, argv[argc - 1])|syslog(LOG_INFO, argv[1])»;
""",
    "python": """
userformat | lines:request | return request.«args["«key»"]|form["«key»"]|GET["«key»"]».format(«user=«v1»|self|«w»=«v2»»)
template | lines:«v2» | «v1» = «v2».template.format(«user|request|config|self»=«v3»)
""",
}
_FORMAT_ALIKE = {
    "c cpp": """
reply | lines:const char *«v2» | «syslog(LOG_«INFO|ERR|WARNING», |fprintf(stderr, |fprintf(fp, |printf(|snprintf(«v1», sizeof(«v1»), »"%s«|\\n»", «v2»);
put | lines:const char *«v2» | «fputs(«v2», «stderr|stdout|fp»)|puts(«v2»)|fwrite(«v2», 1, strlen(«v2»), out)|syslog(LOG_INFO, "«prose»: %s", «v2»)»;
built | lines:const char *«v2» | char «v1»[«128|256»];⏎snprintf(«v1», sizeof(«v1»), "«prose» %s", «v2»);⏎«syslog(LOG_ERR, "%s", «v1»)|printf("%s\\n", «v1»)|fputs(«v1», stderr)»;
""",
    "python": """
userformat | lines:request | return "«Prose» {}".format(request.«args["«key»"]|form["«key»"]»)
template | lines:«v2» | «v1» = string.Template(«v2».template).safe_substitute(«w»=«v3»)
""",
}
_EVAL = {
    "python": """
lookup | lines:request | «v1» = request.«args["«key»"]|form["«key»"]|json["«key»"]»⏎«return |«v2» = »«eval(«v1»)|eval("«v3»." + «v1»)|eval(f"lambda x: {«v1»}")»«!»
exec | lines:«v2» | exec(«v2».«code|script|body|source», «{}|globals()|namespace»)
render | lines:request | return render_template_string("«Prose» " + request.args["«key»"])
config | lines:path | exec(open(path).read()«|, namespace»)
""",
    "javascript": """
rule | lines:«v2» | const «v1» = new Function(«'x', |'row', |»«v2».«expression|formula|rule|code»);
evalbody | lines:req, res | const «v1» = eval(«req.body.«fld»|'(' + req.query.«fld» + ')'|`${req.query.«fld»}`»);
vmrun | lines:«v2» | «vm.runInNewContext|vm.runInThisContext|vm.runInContext»(«v2».«code|script|source»«|, sandbox»);
timer | lines:«v2» | setTimeout(«v2».«code|callbackName» + '()', «n»);
""",
    "php": """
evalrow | lines | eval(«$row['«code|formula|template»']|'return ' . $_«GET|POST»['«key»'] . ';'|$this->«fld»->code»);
callname | lines | «call_user_func($_«GET|POST|REQUEST»['«key»'], $«v1»)|$_GET['«key»']($«v1»)»;
""",
    "java": """
script | lines:String «v2» | Object «v1» = new ScriptEngineManager().getEngineByName("«JavaScript|nashorn|groovy»").eval(«v2»);
groovy | lines:String «v2» | Object «v1» = new GroovyShell().evaluate(«v2»);
""",
    "shell": """
evalq | lines | eval "$(«cat "$1"|echo "$QUERY_STRING" «bar» tr '&' ';'|curl -s "$1"»)"
""",
}
_EVAL_ALIKE = {
    "python": """
lookup | lines:request | «v1» = «C».get(request.args["«key»"])⏎if «v1» is None:⏎⇥abort(400)⏎return «v1»(«v2»)
literal | lines:«v2» | «v1» = ast.literal_eval(«v2».«fld»)
render | lines:request | return render_template_string(«C», «w»=request.args["«key»"])
""",
    "javascript": """
rule | lines:«v2» | const «v1» = «camel»Rules[«v2».«fld»];⏎if (!«v1») throw new Error('«prose»');⏎return «v1»(«v3»);
timer | lines:«v2» | setTimeout(() => «f»(«v2»), «n»);
parse | lines:req, res | const «v1» = JSON.parse(req.body.«fld»);
""",
    "php": """
callname | lines | $«v1» = self::«C»[$_GET['«key»']] ?? null;⏎if ($«v1» !== null) {⏎⇥$this->$«v1»();⏎}
""",
    "java": """
rule | lines:String «v2» | Function<«P», Object> «v1» = «C».get(«v2»);
""",
    "shell": """
casearg | lines | case "$1" in⏎⇥start) «f» ;;⏎⇥stop) «f» ;;⏎esac
""",
}

WEAK = {1: {"c cpp": _BUFFER, "cpp": _BUFFER_CPP}, 8: _FORMAT, 4: _EVAL}
ALIKE = {1: {"c cpp": _BUFFER_ALIKE, "cpp": _BUFFER_CPP_ALIKE}, 8: _FORMAT_ALIKE, 4: _EVAL_ALIKE}
