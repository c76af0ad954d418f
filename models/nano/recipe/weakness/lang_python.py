# SPDX-License-Identifier: Apache-2.0
"""Python."""
from .language import Make

PYTHON = Make(
    "python", "snake", ["    ", "    ", "    ", "  ", "\t"], "«V»«||: str»", "return «E»",
    assign="""
«V» = «E»
«V» = «E»
«V»: str = «E»
self.«fld» = «V» = «E»
""",
    params="""
«v»
«v»=None
«v»=«n»
«v»: int
«v»: str = "«w»"
*, «v»=True
""",
    headers="""
def | def «f»(«PARAMS»)«|| -> None| -> str»: | ¤
async | async def «f»(«PARAMS»): | ¤
method | def «f»(self, «PARAMS»): | ¤
private | def _«f»(self, «PARAMS»): | ¤
route | @«app|bp|api|router|blueprint».«route|get|post»("/«w»/«w»")⏎def «f»(«PARAMS»): | ¤
decorated | @«login_required|require_http_methods(["POST"])|staticmethod|csrf_exempt|contextmanager|cached|shared_task»⏎def «f»(«PARAMS»): | ¤
""",
    types="""
class «T»: | ¤
class «T»(«P»): | ¤
class «T»(object): | ¤
""",
    inner_docs='''
"""«Prose»."""
"""«Prose»."""
"""«Prose»: «prose»."""
"""«Prose».⏎⏎«Prose».⏎"""
"""Return the «w» of «prose»."""
''',
    comments="""
# «prose»
# «Prose».
# TODO: «prose»
#: «prose»
# see «w»/«w».py
# «w» may be empty here
""",
    tails="""
# «prose»
# noqa
# «w»
# type: ignore
# #«n»
""",
    fillers="""
«v» = «n»
«v» = []
«v» = {}
«v» = None
«v» = "«w»"
«v» = len(«v»)
«v» = «f»(«v»)
«v» = «f»(«v», «v»)
«v» = «v» or {}
«v» += 1
self.«fld» = «v»
self.«fld» = «n»
self.«f»()
«v» = self.«fld».get("«key»", «n»)
«v».append(«v»)
«v».update(«v»)
«v»["«key»"] = «v»
if «v» is None:⏎⇥return None
if not «v»:⏎⇥return
if not «v»:⏎⇥raise ValueError("«prose»")
if «v» > «n»:⏎⇥«v» = «n»
for «v1» in «v»:⏎⇥«v1».«f»()
for «v1», «v2» in «v».items():⏎⇥«v»[«v1»] = «v2»
«v» = [«v1» for «v1» in «v» if «v1».«fld»]
«v» = max(«v», «n»)
«v» = time.time()
logger.«info|debug|warning»("«prose» %s", «v»)
log.info("«prose»")
print("«prose»", «v»)
assert «v» is not None
with self.lock:⏎⇥self.«fld» += 1
«v» = datetime.utcnow().isoformat()
«v» = sorted(«v», key=lambda «v1»: «v1».«fld»)
«v» = «P»(«v», «n»)
«v», «v» = «f»(«v»)
try:⏎⇥«v» = int(«n»)⏎except ValueError:⏎⇥«v» = 0
«v» = "%s-%d" % ("«w»", «n»)
«v» = f"{«v»}:{«v»}"
metrics.«f»("«w».«w»")
«v» = «C».get(«v»)
yield «v»
""",
    expr_contexts="""
stmt | «CALL»
stmt | «CALL»
assign | «v» = «CALL»
assign | «v» = «CALL»
typed | «v»: «P» = «CALL»
return | return «CALL»
return | return «CALL»
if | if «CALL»:⏎⇥«f»(«v»)
ifnot | if not «CALL»:⏎⇥raise «ValueError|RuntimeError|KeyError»("«prose»")
for | for «v1» in «CALL»:⏎⇥«f»(«v1»)
comprehension | «v» = [«v1» for «v1» in «CALL»]
arg | «f»(«CALL»)
arg2 | «v».«f»("«w»", «CALL»)
append | «v».append(«CALL»)
wrap | return «f»(«CALL», «v»)
list | «v» = list(«CALL»)
attr | self.«fld» = «CALL»
item | «v»["«key»"] = «CALL»
dict | return {"«key»": «CALL», "«key»": «v»}
try | try:⏎⇥«CALL»⏎except «Exception|OSError|ValueError» as «e|exc|err»:⏎⇥logger.«error|exception|warning»("«prose»")
tryassign | try:⏎⇥«v» = «CALL»⏎except Exception:⏎⇥return None
tryreturn | try:⏎⇥return «CALL»⏎finally:⏎⇥self.«f»()
with | with self.«fld»:⏎⇥«v» = «CALL»
lambda | «v» = lambda: «CALL»
assert | assert «CALL»
or | «v» = «CALL» or «v»
ifelse | «v» = «CALL» if «v» else None
log | logger.info("«prose»")⏎«CALL»
logged | «v» = «CALL»⏎logger.debug("«prose»: %s", «v»)
print | print(«CALL»)
yield | yield «CALL»
await | «v» = await «CALL»
awaitret | return await «CALL»
else | if «v»:⏎⇥«f»()⏎else:⏎⇥«CALL»
inloop | for «v1» in range(«n»):⏎⇥«v» = «CALL»
nested | if «v»:⏎⇥for «v1» in «v»:⏎⇥⇥«v».append(«CALL»)
unpack | «v», «v» = «CALL»
""",
    stmt_contexts="""
stmt | «CALL»
stmt | «CALL»
if | if «v»:⏎⇥«CALL»
ifnot | if not self.«fld»:⏎⇥«CALL»
else | if «v»:⏎⇥«f»()⏎else:⏎⇥«CALL»
for | for «v1» in «v»:⏎⇥«CALL»
try | try:⏎⇥«CALL»⏎except Exception:⏎⇥pass
with | with self.«fld»:⏎⇥«CALL»
log | logger.debug("«prose»")⏎«CALL»
after | «CALL»⏎return «v»
""",
    sources="""
args.get | web | ¤ | request.args.get("«key»")
args.default | web | ¤ | request.args.get("«key»", "")
args | web | ¤ | request.args["«key»"]
form | web | ¤ | request.form["«key»"]
form.get | web | ¤ | request.form.get("«key»")
values | web | ¤ | request.values.get("«key»")
cookies | web | ¤ | request.cookies.get("«key»")
headers | web | ¤ | request.headers.get("X-«W»-«W»")
headers2 | web | ¤ | request.headers["X-«W»"]
json | web | ¤ | request.json["«key»"]
getjson | web | ¤ | request.get_json()["«key»"]
GET | web | request | request.GET.get("«key»", "")
GET2 | web | request | request.GET["«key»"]
POST | web | request | request.POST["«key»"]
POST2 | web | request, «v» | request.POST.get("«key»")
META | web | request | request.META["HTTP_X_«C»"]
query_params | web | request | request.query_params["«key»"]
get_argument | web | ¤ | self.get_argument("«key»")
match_info | web | request | request.match_info["«key»"]
relurl | web | request | request.rel_url.query["«key»"]
upload | web | ¤ | request.files["«key»"].filename
kwargs | web | request, **kwargs | kwargs["«key»"]
event | web | event, context | event["queryStringParameters"]["«key»"]
eventbody | web | event, context | json.loads(event["body"])["«key»"]
cgi | web | form | form.getvalue("«key»")
argv | cli | ¤ | sys.argv[«1|2|3»]
argparse | cli | args | args.«fld»
options | cli | ¤ | parser.parse_args().«fld»
input | cli | ¤ | input("«prose»: ")
stdin | io | ¤ | sys.stdin.readline().strip()
environ | env | ¤ | os.environ["«C»"]
getenv | env | ¤ | os.getenv("«C»")
recv | io | «v1» | «v1».recv(«1024|4096|2048»).decode()
readline | io | «v1» | «v1».readline().rstrip()
body | io | «v1» | «v1».read().decode("utf-8")
response | io | «v1» | requests.get(«v1»).text
message | data | message | message["«key»"]
payload | data | payload | payload.get("«key»")
row | data | row | row["«key»"]
item0 | data | «v1» | «v1»[0]
self | field | «v» | self.«fld»
attr | field | «v1» | «v1».«fld»
redis | data | «v1» | «v1».get("«key»:«key»")
""",
    carriers="""
«X».strip()
«X».lower()
str(«X»)
«X» or ""
«X».strip().lower()
«X».split(",")[0]
«X»[:«n»]
unquote(«X»)
«X».replace(" ", "_")
«f»(«X»)
(«X» or "«w»")
""",
    guards="""
notin | if «X» not in («"«w»", "«w»"|"«w»", "«w»", "«w»"»):⏎⇥«return None|raise ValueError("«prose»")|abort(400)|return "", 400|«X» = "«w»"»
allowed | if «X» not in ALLOWED_«C»:⏎⇥«return None|raise ValueError(«X»)|abort(404)»
isdigit | if not «X».isdigit():⏎⇥«return None|raise ValueError("«prose»")|abort(400)»
regex | if not re.fullmatch(r"[a-z0-9_]+", «X»):⏎⇥«return None|raise ValueError("«prose»")|abort(400)»
regex2 | if re.match(r"^[A-Za-z0-9]{1,«n»}$", «X») is None:⏎⇥raise ValueError("«prose»")
lookup | «X» = {"«w»": "«w»", "«w»": "«w»"}[«X»]
lookup2 | «X» = «C»_NAMES.get(«X», "«w»")
isalnum | if not «X».isalnum():⏎⇥return None
enum | «X» = «T»(«X»).value
assert | assert «X» in {"«w»", "«w»"}
""",
    casts="""
int(«X»)
int(«X», 10)
float(«X»)
uuid.UUID(«X»)
""",
    literals="""
for | for «V» in ("«w»", "«w»", "«w»"):⏎⇥«BODY»
forlist | for «V» in ["«w»", "«w»"]:⏎⇥«BODY»
ternary | «V» = "«w»" if «v» else "«w»"⏎«BODY»
constant | «V» = "«w»"⏎«BODY»
range | for «V» in range(«n»):⏎⇥«BODY»
sum | «V» = len(«v») + «n»⏎«BODY»
bool | «V» = "asc" if «v» > «n» else "desc"⏎«BODY»
""",
    helper_import="""
from .«snake» import «H»
from «snake».«snake» import «H»
from «w» import «H», «f»
from app.«w» import «H»
""",
)
