# SPDX-License-Identifier: Apache-2.0
"""Java and C#."""
from .language import Make

JAVA = Make(
    "java", "camel", ["    ", "    ", "    ", "  ", "\t"], "«|final |»String «V»", "return «E»;",
    assign="""
String «V» = «E»;
String «V» = «E»;
final String «V» = «E»;
var «V» = «E»;
""",
    params="""
int «v»
String «v»
List<String> «v»
«P» «v»
Map<String, String> «v»
long «v»
""",
    headers="""
public | public «void|String|int|boolean|List<«P»>» «f»(«PARAMS») { | }
throws | public «void|String» «f»(«PARAMS») throws «Exception|IOException|SQLException» { | }
private | private «void|String|boolean» «f»(«PARAMS») { | }
static | «public |private |»static «void|String» «f»(«PARAMS») throws Exception { | }
override | @Override⏎protected void «doGet|doPost|«f»»(«PARAMS») throws IOException { | }
mapping | @«Get|Post»Mapping("/«w»")⏎public «String|ResponseEntity<?>» «f»(«PARAMS») { | }
""",
    types="""
public class «T» { | }
class «T» extends «P» { | }
@«RestController|Service|Component»⏎public class «T» { | }
""",
    docs="""
/** «Prose». */
/**⏎ * «Prose».⏎ */
// «prose»
/**⏎ * «Prose».⏎ * @param «w» «prose»⏎ */
""",
    comments="""
// «prose»
// «Prose».
/* «prose» */
""",
    tails="""
// «prose»
// «w»
// NOSONAR
""",
    fillers="""
int «v» = «n»;
String «v» = "«w»";
List<String> «v» = new ArrayList<>();
Map<String, Object> «v» = new HashMap<>();
«P» «v» = new «P»(«v»);
this.«fld» = «v»;
«v».«f»(«v»);
«v».add(«v»);
«v».put("«key»", «v»);
if («v» == null) {⏎⇥return null;⏎}
if («v».isEmpty()) {⏎⇥throw new IllegalArgumentException("«prose»");⏎}
for («P» «v1» : «v») {⏎⇥«v1».«f»();⏎}
for (int «v1» = 0; «v1» < «n»; «v1»++) {⏎⇥«v» += «v1»;⏎}
try {⏎⇥«v».«f»();⏎} catch («IOException|Exception» e) {⏎⇥throw new RuntimeException(e);⏎}
logger.info("«prose» {}", «v»);
log.debug("«prose»");
System.out.println("«prose»");
Objects.requireNonNull(«v», "«w»");
return «v»;
«v»++;
long «v» = System.currentTimeMillis();
«v» = «v».stream().filter(«v1» -> «v1».is«P»()).toList();
response.setContentType("application/json");
@Autowired⏎private «P» «v»;
super.«f»(«v»);
private static final int «C» = «n»;
""",
    expr_contexts="""
stmt | «CALL»;
stmt | «CALL»;
assign | «P» «v» = «CALL»;
assign | var «v» = «CALL»;
string | String «v» = «CALL»;
return | return «CALL»;
return | return «CALL»;
if | if («CALL» != null) {⏎⇥«f»(«v»);⏎}
field | this.«fld» = «CALL»;
add | «v».add(«CALL»);
put | «v».put("«key»", «CALL»);
arg | «f»(«CALL»);
with | try («P» «v» = «CALL») {⏎⇥«f»(«v»);⏎}
try | try {⏎⇥«CALL»;⏎} catch («Exception|IOException» e) {⏎⇥log.error("«prose»", e);⏎}
tryassign | try {⏎⇥«v» = «CALL»;⏎} catch (Exception e) {⏎⇥return null;⏎}
lambda | «v».forEach(«v1» -> «CALL»);
optional | return Optional.ofNullable(«CALL»);
final | final «P» «v» = «CALL»;
cast | «P» «v» = («P») «CALL»;
inif | if («v») {⏎⇥«CALL»;⏎}
log | log.info("«prose»");⏎«CALL»;
""",
    stmt_contexts="""
stmt | «CALL»;
stmt | «CALL»;
if | if («v») {⏎⇥«CALL»;⏎}
else | if («v» == null) {⏎⇥return;⏎} else {⏎⇥«CALL»;⏎}
for | for («P» «v1» : «v») {⏎⇥«CALL»;⏎}
try | try {⏎⇥«CALL»;⏎} catch (Exception e) {⏎⇥log.warn("«prose»", e);⏎}
after | «CALL»;⏎return «v»;
""",
    sources="""
param | web | HttpServletRequest request, HttpServletResponse response | request.getParameter("«key»")
param2 | web | HttpServletRequest req, HttpServletResponse resp | req.getParameter("«key»")
header | web | HttpServletRequest request | request.getHeader("X-«W»")
query | web | HttpServletRequest req | req.getQueryString()
pathinfo | web | HttpServletRequest request, HttpServletResponse response | request.getPathInfo()
cookie | web | HttpServletRequest request | request.getCookies()[«d»].getValue()
requestparam | web | @RequestParam String «v1» | «v1»
pathvar | web | @PathVariable("«w»") String «v1» | «v1»
pathparam | web | @PathParam("«w»") String «v1» | «v1»
requestparam2 | web | @RequestParam(name = "«w»") String «v1», Model model | «v1»
body | web | @RequestBody «P» «v1» | «v1».get«P»()
header2 | web | @RequestHeader("X-«W»") String «v1» | «v1»
multipart | web | MultipartFile file | file.getOriginalFilename()
args | cli | String[] args | args[0]
getenv | env | ¤ | System.getenv("«C»")
property | env | ¤ | System.getProperty("«w».«w»")
readline | io | BufferedReader «v1» | «v1».readLine()
scanner | io | Scanner «v1» | «v1».nextLine()
field | field | int «v» | this.«fld»
getter | data | «P» «v1» | «v1».get«P»()
map | data | Map<String, String> «v1» | «v1».get("«key»")
resultset | data | ResultSet rs | rs.getString("«key»")
json | data | JSONObject «v1» | «v1».getString("«key»")
ctx | web | Context ctx | ctx.queryParam("«key»")
intent | data | Intent intent | intent.getStringExtra("«key»")
""",
    carriers="""
«X».trim()
«X».toLowerCase()
String.valueOf(«X»)
«f»(«X»)
URLDecoder.decode(«X», "UTF-8")
«X».split(",")[0]
«X».replace(' ', '_')
Objects.toString(«X», "")
""",
    guards="""
contains | if (!ALLOWED.contains(«X»)) {⏎⇥«return null;|throw new IllegalArgumentException("«prose»");»⏎}
listof | if (!List.of("«w»", "«w»").contains(«X»)) {⏎⇥throw new IllegalArgumentException(«X»);⏎}
matches | if (!«X».matches("[a-z0-9_]+")) {⏎⇥throw new IllegalArgumentException("«prose»");⏎}
pattern | if (!Pattern.matches("^\\\\d{1,9}$", «X»)) {⏎⇥return null;⏎}
enum | «X» = «P».valueOf(«X»).name();
""",
    casts="""
Integer.parseInt(«X»)
Long.parseLong(«X»)
Integer.valueOf(«X»)
UUID.fromString(«X»)
""",
    literals="""
for | for (String «V» : List.of("«w»", "«w»")) {⏎⇥«BODY»⏎}
arrays | for (String «V» : new String[] {"«w»", "«w»"}) {⏎⇥«BODY»⏎}
ternary | String «V» = «v» ? "«w»" : "«w»";⏎«BODY»
constant | final String «V» = "«w»";⏎«BODY»
index | for (int «V» = 0; «V» < «n»; «V»++) {⏎⇥«BODY»⏎}
""",
    helper_import="""
import com.«w».«w».«T»;
import static com.«w».«T».«H»;
import org.«w».«P»;
""",
)

CSHARP = Make(
    "csharp", "camel", ["    ", "    ", "\t"], "string «V»", "return «E»;",
    assign="""
var «V» = «E»;
string «V» = «E»;
var «V» = «E»;
""",
    params="""
int «v»
string «v»
List<string> «v»
«P» «v»
bool «v» = false
""",
    headers="""
public | public «void|string|int|bool» «F»(«PARAMS»)⏎{ | }
async | public async Task<«string|IActionResult|int»> «F»(«PARAMS»)⏎{ | }
private | private «void|string» «F»(«PARAMS»)⏎{ | }
static | «public|internal|private» static «void|string» «F»(«PARAMS»)⏎{ | }
action | [Http«Get|Post»("«w»")]⏎public IActionResult «F»(«PARAMS»)⏎{ | }
""",
    types="""
public class «T»⏎{ | }
public class «T» : «P»⏎{ | }
internal sealed class «T»⏎{ | }
""",
    docs="""
/// <summary>«Prose».</summary>
/// <summary>⏎/// «Prose».⏎/// </summary>
// «prose»
""",
    comments="""
// «prose»
// «Prose».
/* «prose» */
""",
    tails="""
// «prose»
// «w»
""",
    fillers="""
int «v» = «n»;
var «v» = new List<string>();
var «v» = new «P»(«v»);
var «v» = "«w»";
this.«fld» = «v»;
_«fld» = «v»;
«v».Add(«v»);
var «v» = await «v».«F»Async();
if («v» == null)⏎{⏎⇥return null;⏎}
if (string.IsNullOrEmpty(«v»)) return;
if («v» > «n») throw new ArgumentException("«prose»");
foreach (var «v1» in «v»)⏎{⏎⇥«v1».«F»();⏎}
for (int «v1» = 0; «v1» < «n»; «v1»++)⏎{⏎⇥«v» += «v1»;⏎}
_logger.LogInformation("«prose» {«P»}", «v»);
Console.WriteLine("«prose»");
using var «v» = new «P»();
var «v» = «v».Where(«v1» => «v1».«P» > «n»).ToList();
return «v»;
«v»++;
«v».«P» = «v»;
throw new NotSupportedException("«prose»");
""",
    expr_contexts="""
stmt | «CALL»;
stmt | «CALL»;
var | var «v» = «CALL»;
var | var «v» = «CALL»;
return | return «CALL»;
using | using (var «v» = «CALL»)⏎{⏎⇥«v».«F»();⏎}
usingvar | using var «v» = «CALL»;
arg | «F»(«CALL»);
field | _«fld» = «CALL»;
add | «v».Add(«CALL»);
if | if («v»)⏎{⏎⇥«CALL»;⏎}
try | try⏎{⏎⇥«CALL»;⏎}⏎catch (Exception ex)⏎{⏎⇥_logger.LogError(ex, "«prose»");⏎}
coalesce | var «v» = «CALL» ?? null;
lambda | «v».ForEach(«v1» => «CALL»);
""",
    stmt_contexts="""
stmt | «CALL»;
stmt | «CALL»;
if | if («v»)⏎{⏎⇥«CALL»;⏎}
foreach | foreach (var «v1» in «v»)⏎{⏎⇥«CALL»;⏎}
after | «CALL»;⏎return «v»;
""",
    sources="""
query | web | ¤ | Request.Query["«key»"]
querystring | web | ¤ | Request.QueryString["«key»"]
form | web | ¤ | Request.Form["«key»"]
headers | web | ¤ | Request.Headers["X-«W»"]
cookies | web | ¤ | Request.Cookies["«key»"]
fromquery | web | [FromQuery] string «v1» | «v1»
fromroute | web | [FromRoute] string «v1» | «v1»
context | web | HttpContext context | context.Request.Query["«key»"]
file | web | IFormFile file | file.FileName
model | web | [FromBody] «P» model | model.«P»
args | cli | string[] args | args[0]
env | env | ¤ | Environment.GetEnvironmentVariable("«C»")
readline | io | ¤ | Console.ReadLine()
stream | io | StreamReader «v1» | «v1».ReadLine()
field | field | int «v» | _«fld»
property | data | «P» «v1» | «v1».«P»
dict | data | Dictionary<string, string> «v1» | «v1»["«key»"]
textbox | web | object sender, EventArgs e | txt«P».Text
""",
    carriers="""
«X».Trim()
«X».ToLower()
«X».ToString()
«X» ?? ""
«F»(«X»)
HttpUtility.UrlDecode(«X»)
«X».Split(',')[0]
""",
    guards="""
contains | if (!Allowed.Contains(«X»))⏎{⏎⇥throw new ArgumentException("«prose»");⏎}
regex | if (!Regex.IsMatch(«X», "^[a-z0-9_]+$")) return;
array | if (Array.IndexOf(new[] { "«w»", "«w»" }, «X») < 0) return;
""",
    casts="""
int.Parse(«X»)
Convert.ToInt32(«X»)
long.Parse(«X»)
Guid.Parse(«X»)
""",
    literals="""
foreach | foreach (var «V» in new[] { "«w»", "«w»" })⏎{⏎⇥«BODY»⏎}
ternary | var «V» = «v» ? "«w»" : "«w»";⏎«BODY»
constant | const string «V» = "«w»";⏎«BODY»
""",
    helper_import="""
using «P».«P»;
using static «P».«T»;
""",
)
