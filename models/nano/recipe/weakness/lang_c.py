# SPDX-License-Identifier: Apache-2.0
"""C and C++."""
from dataclasses import replace

from .language import Make
from .template import Lines, Rows

C = Make(
    "c", "snake", ["    ", "    ", "\t", "\t", "  ", "        "], "«const char *|char *»«V»", "return «E»;", short=0.15,
    assign="""
const char *«V» = «E»;
char *«V» = «E»;
char *«V» = (char *)«E»;
""",
    params="""
int «v»
size_t «v»
struct «snake» *«v»
const char *«v»
void *«v»
unsigned int «v»
«snake»_t *«v»
FILE *«v»
""",
    headers="""
static | static «int|void|int|char *»«|» «f»(«PARAMS»)⏎{ | }
static2 | static int «f»(«PARAMS») { | }
public | «int|void|bool|ssize_t» «f»(«PARAMS»)⏎{ | }
gnu | «static int|void|static void|int»⏎«f» («PARAMS»)⏎{ | }
prefixed | «int|void» «w»_«f»(«PARAMS») { | }
inline | static inline void «f»(«PARAMS») { | }
pointer | struct «snake» *«f»(«PARAMS»)⏎{ | }
""",
    docs="""
/* «Prose». */
/*⏎ * «Prose».⏎ */
/**⏎ * «f» - «prose»⏎ */
// «prose»
/* «prose»⏎ * «prose». */
""",
    comments="""
/* «prose» */
/* «Prose». */
// «prose»
/* XXX: «prose» */
/* fall through */
""",
    tails="""
/* «prose» */
// «w»
/* «w» */
""",
    fillers="""
int «v» = 0;
int «v»;
size_t «v» = «n»;
unsigned int «v» = «n»;
struct «snake» *«v» = NULL;
«v» = «n»;
«v»++;
«v» += «n»;
«v» = «f»(«v»);
«f»(«v», «v»);
«v»->«fld» = «v»;
«v»->«fld» = «n»;
«v»->«fld» |= «C»;
if («v» == NULL)⏎⇥return -1;
if (!«v»)⏎⇥return NULL;
if (!«v»)⏎⇥goto out;
if («v» < 0) {⏎⇥«v» = -EINVAL;⏎⇥goto err;⏎}
if («v»->«fld» > «n») {⏎⇥«f»(«v»);⏎⇥return 0;⏎}
for («v1» = 0; «v1» < «v»; «v1»++)⏎⇥«v»[«v1»] = 0;
for (int «v1» = 0; «v1» < «n»; «v1»++) {⏎⇥«f»(&«v»[«v1»]);⏎}
while («v» != NULL) {⏎⇥«v» = «v»->next;⏎}
switch («v») {⏎case «C»:⏎⇥«f»(«v»);⏎⇥break;⏎default:⏎⇥break;⏎}
free(«v»);
«v» = calloc(1, sizeof(*«v»));
«v» = malloc(sizeof(struct «snake»));
memset(&«v», 0, sizeof(«v»));
pthread_mutex_lock(&«v»->lock);
fprintf(stderr, "«prose»\\n");
printf("«prose»: %d\\n", «v»);
assert(«v» != NULL);
«v» = strlen(«v»);
if (strcmp(«v», "«w»") == 0)⏎⇥«v» = 1;
«v» = «C»;
#ifdef «C»⏎⇥«f»();⏎#endif
close(«v»);
return «v»;
uint32_t «v» = ntohl(«v»->«fld»);
struct stat «v»;
«v» = (uint8_t)(«v» >> 8);
char «v»[«n»];
DEBUG_PRINT("«prose» %d", «v»);
""",
    expr_contexts="""
stmt | «CALL»;
stmt | «CALL»;
assign | «v» = «CALL»;
assign | «v» = «CALL»;
decl | int «v» = «CALL»;
return | return «CALL»;
if | if («CALL»)⏎⇥return -1;
ifneq | if («CALL» != 0) {⏎⇥fprintf(stderr, "«prose»\\n");⏎⇥return 1;⏎}
ifneg | if («CALL» < 0)⏎⇥goto «out|err|fail|done»;
ifassign | if ((«v» = «CALL») == NULL) {⏎⇥perror("«w»");⏎⇥return -1;⏎}
void | (void)«CALL»;
voids | (void) «CALL»;
field | «v»->«fld» = «CALL»;
arg | «f»(«CALL»);
arg2 | «f»(«v», «CALL»);
block | if («v») {⏎⇥«CALL»;⏎}
oneline | if («v» > 0) «CALL»;
else | if («v» == 0)⏎⇥return 0;⏎else⏎⇥«CALL»;
while | while (!«CALL»)⏎⇥sleep(1);
for | for («v1» = 0; «v1» < «v»; «v1»++)⏎⇥«CALL»;
ternary | «v» = «v» ? «CALL» : NULL;
case | switch («v») {⏎case «C»:⏎⇥«CALL»;⏎⇥break;⏎}
logged | fprintf(stderr, "«prose»\\n");⏎«CALL»;
ret | «CALL»;⏎return «0|ret|NULL|»;
""",
    stmt_contexts="""
stmt | «CALL»;
stmt | «CALL»;
block | if («v») {⏎⇥«CALL»;⏎}
short | if («v»)⏎⇥«CALL»;
oneline | if («v» != NULL) «CALL»;
else | if («v») {⏎⇥«f»(«v»);⏎} else {⏎⇥«CALL»;⏎}
for | for («v1» = 0; «v1» < «v»; «v1»++)⏎⇥«CALL»;
while | while («v» > 0) {⏎⇥«CALL»;⏎⇥«v»--;⏎}
case | switch («v») {⏎case «C»:⏎⇥«CALL»;⏎⇥break;⏎}
void | (void)«CALL»;
ret | «CALL»;⏎return «v»;
free | «CALL»;⏎free(«v»);
next | «CALL»;⏎«v»->«fld» = «n»;
""",
    sources="""
argv | cli | int argc, char **argv | argv[«1|2|3|optind»]
argvarr | cli | int argc, char *argv[] | argv[1]
getenv | env | ¤ | getenv("«C»")
secure | env | ¤ | getenv("«QUERY_STRING|HTTP_«C»|PATH_INFO»")
field | field | struct «snake» *«v1» | «v1»->«fld»
field2 | field | struct «snake» *«v1» | «v1»->«fld».«fld»
fgets | io | FILE *«v1», char *«v2» | fgets(«v2», «n», «v1»)
array | data | char **«v1», int «v2» | «v1»[«v2»]
param | web | struct http_request *req | http_get_param(req, "«key»")
query | web | struct «w»_request *«v1» | «v1»->query
header | web | struct evhttp_request *req | evhttp_find_header(evhttp_request_get_input_headers(req), "X-«W»")
json | web | struct json_object *«v1» | json_object_get_string(«v1»)
cjson | web | cJSON *«v1» | cJSON_GetObjectItem(«v1», "«key»")->valuestring
row | data | MYSQL_ROW row | row[«d»]
column | data | sqlite3_stmt *stmt | (const char *)sqlite3_column_text(stmt, «d»)
strtok | io | char *«v1» | strtok(«v1», " ")
optarg | cli | ¤ | optarg
readline | io | ¤ | readline("«w»> ")
msg | data | struct msg *msg | msg->«body|text|payload|data|name»
""",
    carriers="""
strdup(«X»)
«f»(«X»)
trim(«X»)
«X» + 1
strchr(«X», '«=|:|/»') + 1
g_strdup(«X»)
(«X» ? «X» : "")
""",
    guards="""
strcmp | if (strcmp(«X», "«w»") != 0 && strcmp(«X», "«w»") != 0)⏎⇥return -1;
strspn | if (strspn(«X», "abcdefghijklmnopqrstuvwxyz0123456789") != strlen(«X»))⏎⇥return -1;
isalnum | for (const char *c = «X»; *c; c++)⏎⇥if (!isalnum((unsigned char)*c))⏎⇥⇥return -1;
allowed | if (!is_allowed_«snake»(«X»))⏎⇥return -EINVAL;
digits | if («X»[strspn(«X», "0123456789")] != '\\0')⏎⇥return 1;
""",
    casts="""
atoi(«X»)
(int)strtol(«X», NULL, 10)
strtoul(«X», NULL, 10)
""",
    literals="""
constant | const char *«V» = "«w»";⏎«BODY»
static | static const char «V»[] = "«w»";⏎«BODY»
ternary | const char *«V» = «v» ? "«w»" : "«w»";⏎«BODY»
define | const char *«V» = «C»;⏎«BODY»
""",
    helper_import="""
#include "«snake».h"
#include <«w»/«w».h>
extern char *«H»(«PARAMS»);
""",
)

CPP = replace(
    C, name="cpp", style="snake", param="«const std::string &|std::string »«V»",
    units=["    ", "    ", "\t", "  ", "  "],
    assign=Lines("""
std::string «V» = «E»;
const std::string «V» = «E»;
auto «V» = std::string(«E»);
std::string «V»(«E»);
std::string «V»{«E»};
"""),
    params=Lines("""
int «v»
std::size_t «v»
const «T» &«v»
std::vector<std::string> &«v»
«T» *«v»
bool «v» = false
"""),
    headers=Rows("""
free | «void|int|bool|std::string» «f»(«PARAMS») { | }
method | «void|bool|int» «T»::«f»(«PARAMS») { | }
method2 | «void|bool» «T»::«F»(«PARAMS»)⏎{ | }
const | std::string «T»::«f»(«PARAMS») const { | }
static | static «void|int» «f»(«PARAMS»)⏎{ | }
lambda | auto «f» = [&](«PARAMS») { | };
inline | inline bool «f»(«PARAMS») { | }
""", 3),
    docs=Lines("""
// «Prose».
/// «Prose».
/** «Prose». */
/**⏎ * @brief «Prose».⏎ */
"""),
    types=Rows("""
class «T» {⏎public: | };
struct «T» { | };
namespace «w9» { | }  // namespace «w9»
""", 2),
    fillers=Lines("""
int «v» = 0;
auto «v» = «f»(«v»);
const auto &«v» = «v».«fld»();
std::vector<int> «v»;
std::string «v»;
std::map<std::string, int> «v»;
«v»->«f»(«v»);
«v».push_back(«v»);
«v»_ = «v»;
m_«fld» = «v»;
this->«fld» = «n»;
if («v».empty()) {⏎⇥return;⏎}
if (!«v») {⏎⇥return false;⏎}
if («v» == nullptr) return nullptr;
for (const auto &«v1» : «v») {⏎⇥«f»(«v1»);⏎}
for (size_t «v1» = 0; «v1» < «v».size(); ++«v1») {⏎⇥«v»[«v1»] += «n»;⏎}
std::cout << "«prose»" << std::endl;
std::cerr << "«prose»: " << «v» << '\\n';
std::lock_guard<std::mutex> lock(mutex_);
auto «v» = std::make_unique<«T»>(«v»);
LOG(INFO) << "«prose» " << «v»;
return «v»;
++«v»;
static_cast<void>(«v»);
«v» = std::max(«v», «n»);
qDebug() << "«prose»";
using «T» = std::vector<«P»>;
std::sort(«v».begin(), «v».end());
throw std::runtime_error("«prose»");
emit «f»(«v»);
"""),
    sources=[row for row in C.sources if row[1] in ("cli", "env")] + Rows("""
getline | io | std::istream &«v1», std::string &«v2» | read_line(«v1»)
qt | web | const QUrlQuery &«v1» | «v1».queryItemValue("«key»").toStdString()
crow | web | const crow::request &req | std::string(req.url_params.get("«key»"))
httplib | web | const httplib::Request &req, httplib::Response &res | req.get_param_value("«key»")
header | web | const httplib::Request &req | req.get_header_value("X-«W»")
drogon | web | const HttpRequestPtr &req | req->getParameter("«key»")
json | data | const nlohmann::json &«v1» | «v1»["«key»"].get<std::string>()
jsonat | data | const json &«v1» | «v1».at("«key»").get<std::string>()
beast | web | const http::request<http::string_body> &req | std::string(req.target())
body | web | const Request &req | req.body()
member | field | int «v» | «fld»_
member2 | field | int «v» | m_«fld»
vector | data | const std::vector<std::string> &«v1» | «v1»[«d»]
front | data | const std::vector<std::string> &args | args.front()
method | data | const «T» &«v1» | «v1».«fld»()
""", 4),
    carriers=Lines("""
trim(«X»)
«f»(«X»)
url_decode(«X»)
to_lower(«X»)
«X».substr(«d»)
"""),
    guards=Rows("""
find | if (allowed_«snake».find(«X») == allowed_«snake».end()) {⏎⇥return;⏎}
count | if (!kAllowed.count(«X»)) {⏎⇥throw std::invalid_argument("«prose»");⏎}
regex | if (!std::regex_match(«X», std::regex("[a-z0-9_]+"))) {⏎⇥return;⏎}
equal | if («X» != "«w»" && «X» != "«w»") return;
allof | if (!std::all_of(«X».begin(), «X».end(), ::isalnum)) {⏎⇥throw std::invalid_argument("«w»");⏎}
""", 2),
    casts=Lines("""
std::to_string(std::stoi(«X»))
std::to_string(std::stoul(«X»))
std::to_string(std::stoll(«X»))
"""),
    literals=Rows("""
constant | const std::string «V» = "«w»";⏎«BODY»
for | for (const std::string «V» : {"«w»", "«w»"}) {⏎⇥«BODY»⏎}
ternary | const std::string «V» = «v» ? "«w»" : "«w»";⏎«BODY»
constexpr | constexpr const char *«V» = "«w»";⏎«BODY»
""", 2),
    helper_import=Lines("""
#include "«snake».h"
#include "«w»/«snake».hpp"
using «w»::«H»;
"""),
    short=0.08,
)
