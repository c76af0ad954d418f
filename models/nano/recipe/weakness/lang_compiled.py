"""Go, Rust, Java and C#."""
from .language import Make

GO = Make(
    "go", "camel", ["\t"], "«V» string", "return «E»", short=0.12,
    assign="""
«V» := «E»
«V» := «E»
var «V» = «E»
var «V» string = «E»
""",
    params="""
«v» int
«v» string
«v» *«P»
«v» []string
ctx context.Context
«v» ...string
""",
    headers="""
func | func «f»(«PARAMS») «|error |string |(string, error) »{ | }
method | func («w» *«T») «F»(«PARAMS») «|error |»{ | }
exported | func «F»(«PARAMS») { | }
closure | «f» := func(«PARAMS») { | }
handler | http.HandleFunc("/«w»", func(«PARAMS») { | })
goroutine | go func(«PARAMS») { | }()
""",
    docs="""
// «F» «prose».
// «Prose».
// «F» «verb»s the «w».
""",
    comments="""
// «prose»
// «Prose».
// TODO(«w»): «prose»
//nolint:«w»
""",
    tails="""
// «prose»
// «w»
//nolint
""",
    fillers="""
«v» := «n»
var «v» int
«v» := []string{}
«v» := make(map[string]int)
«v» := make([]byte, «n»)
«v» := «f»(«v»)
«v», err := «f»(«v»)⏎if err != nil {⏎⇥return err⏎}
«v», ok := «v»["«key»"]
if err != nil {⏎⇥return nil, err⏎}
if err != nil {⏎⇥log.Fatal(err)⏎}
if err != nil {⏎⇥return fmt.Errorf("«prose»: %w", err)⏎}
if «v» == nil {⏎⇥return⏎}
if len(«v») == 0 {⏎⇥return "", nil⏎}
for _, «v1» := range «v» {⏎⇥«f»(«v1»)⏎}
for «v1» := 0; «v1» < «n»; «v1»++ {⏎⇥«v» += «v1»⏎}
«v» = append(«v», «v»)
«v».«F»(«v»)
defer «v».Close()
defer mu.Unlock()
log.Printf("«prose» %v", «v»)
log.Println("«prose»")
fmt.Println("«prose»", «v»)
«v» := &«P»{«P»: «n»}
switch «v» {⏎case "«w»":⏎⇥«f»()⏎default:⏎⇥return⏎}
«v» := time.Now()
«v».«P» = «v»
w.Header().Set("Content-Type", "application/json")
w.WriteHeader(http.StatusOK)
ctx, cancel := context.WithTimeout(ctx, «d»*time.Second)
«v»++
return nil
select {⏎case «v» <- «v»:⏎default:⏎}
""",
    expr_contexts="""
stmt | «CALL»
assign | «v» := «CALL»
assign | «v» := «CALL»
pair | «v», err := «CALL»
pair | «v», err := «CALL»⏎if err != nil {⏎⇥return err⏎}
pairs | «v», err := «CALL»⏎if err != nil {⏎⇥http.Error(w, err.Error(), http.StatusInternalServerError)⏎⇥return⏎}
blank | «v», _ := «CALL»
blank2 | _, err = «CALL»
discard | _ = «CALL»
return | return «CALL»
if | if _, err := «CALL»; err != nil {⏎⇥return err⏎}
iferr | if err := «CALL»; err != nil {⏎⇥log.Fatal(err)⏎}
arg | «f»(«CALL»)
append | «v» = append(«v», «CALL»)
field | «v».«P» = «CALL»
defer | defer «CALL»
go | go «CALL»
log | log.Println("«prose»")⏎«v» := «CALL»
inif | if «v» != nil {⏎⇥«v» = «CALL»⏎}
infor | for _, «v1» := range «v» {⏎⇥«v» = «CALL»⏎}
""",
    stmt_contexts="""
stmt | «CALL»
stmt | «CALL»
if | if «v» {⏎⇥«CALL»⏎}
for | for range «v» {⏎⇥«CALL»⏎}
after | «CALL»⏎return
defer | defer «CALL»
case | case «n»:⏎⇥«CALL»
""",
    sources="""
query | web | w http.ResponseWriter, r *http.Request | r.URL.Query().Get("«key»")
form | web | w http.ResponseWriter, r *http.Request | r.FormValue("«key»")
postform | web | w http.ResponseWriter, r *http.Request | r.PostFormValue("«key»")
header | web | w http.ResponseWriter, r *http.Request | r.Header.Get("X-«W»")
urlpath | web | w http.ResponseWriter, r *http.Request | r.URL.Path[len("/«w»/"):]
trim | web | w http.ResponseWriter, req *http.Request | strings.TrimPrefix(req.URL.Path, "/«w»/")
vars | web | w http.ResponseWriter, r *http.Request | mux.Vars(r)["«key»"]
chi | web | w http.ResponseWriter, r *http.Request | chi.URLParam(r, "«key»")
pathvalue | web | w http.ResponseWriter, r *http.Request | r.PathValue("«key»")
ginquery | web | c *gin.Context | c.Query("«key»")
ginparam | web | c *gin.Context | c.Param("«key»")
ginform | web | c *gin.Context | c.PostForm("«key»")
echo | web | c echo.Context | c.QueryParam("«key»")
echoparam | web | c echo.Context | c.Param("«key»")
fiber | web | c *fiber.Ctx | c.Query("«key»")
args | cli | ¤ | os.Args[«1|2»]
flag | cli | ¤ | flag.Arg(0)
getenv | env | ¤ | os.Getenv("«C»")
scanner | io | «v1» *bufio.Scanner | «v1».Text()
body | io | «v1» []byte | string(«v1»)
field | field | «v1» *«P» | «v1».«P»
field2 | data | req *«P» | req.«P»
grpc | web | ctx context.Context, req *pb.«P»Request | req.Get«P»()
map | data | «v1» map[string]string | «v1»["«key»"]
slice | data | args []string | args[0]
""",
    carriers="""
strings.TrimSpace(«X»)
strings.ToLower(«X»)
«f»(«X»)
string(«X»)
strings.Split(«X», ",")[0]
fmt.Sprint(«X»)
strings.ReplaceAll(«X», " ", "_")
""",
    guards="""
map | if !allowed«P»[«X»] {⏎⇥return⏎}
mapok | if _, ok := «camel»[«X»]; !ok {⏎⇥return⏎}
switch | switch «X» {⏎case "«w»", "«w»":⏎default:⏎⇥return⏎}
contains | if !slices.Contains([]string{"«w»", "«w»"}, «X») {⏎⇥return⏎}
regexp | if !regexp.MustCompile(`^[a-z0-9]+$`).MatchString(«X») {⏎⇥return⏎}
atoi | if _, err := strconv.Atoi(«X»); err != nil {⏎⇥return⏎}
""",
    casts="""
¤
""",
    literals="""
for | for _, «V» := range []string{"«w»", "«w»", "«w»"} {⏎⇥«BODY»⏎}
const | const «V» = "«w»"⏎«BODY»
constant | «V» := "«w»"⏎«BODY»
itoa | «V» := strconv.Itoa(«n»)⏎«BODY»
len | «V» := strconv.Itoa(len(«v»))⏎«BODY»
""",
    helper_import="""
import "«host»/«w»/«w»"
""",
)

RUST = Make(
    "rust", "snake", ["    "], "«V»: &str", "«return «E»;|«E»»", short=0.08,
    assign="""
let «V» = «E»;
let «V» = «E»;
let «V»: String = «E».into();
let mut «V» = «E»;
""",
    params="""
«v»: usize
«v»: &[u8]
«v»: &mut «P»
«v»: Option<String>
«v»: bool
""",
    headers="""
fn | fn «f»(«PARAMS») «|-> Result<(), Error> |-> io::Result<String> »{ | }
pub | pub fn «f»(«PARAMS») -> «Result<String>|Option<«P»>|anyhow::Result<()>» { | }
async | pub async fn «f»(«PARAMS») -> «Result<impl Responder>|impl IntoResponse|Result<(), sqlx::Error>» { | }
method | pub fn «f»(&self, «PARAMS») -> «bool|Result<()>» { | }
crate | pub(crate) fn «f»(«PARAMS») { | }
attr | #[«get|post»("/«w»/{«w»}")]⏎async fn «f»(«PARAMS») -> impl Responder { | }
""",
    types="""
impl «T» { | }
impl «P» for «T» { | }
mod «w» { | }
""",
    docs="""
/// «Prose».
// «prose»
/// «Prose».⏎///⏎/// «Prose».
#[inline]
""",
    comments="""
// «prose»
// «Prose».
// SAFETY: «prose»
""",
    tails="""
// «prose»
// «w»
""",
    fillers="""
let «v» = «n»;
let mut «v» = Vec::new();
let mut «v» = String::new();
let «v» = «f»(&«v»)?;
let «v» = «f»(«v»);
let «v» = «P»::new(«v»);
let «v» = HashMap::new();
self.«fld» = «v»;
self.«f»(&«v»)?;
«v».push(«v»);
«v» += 1;
if «v».is_empty() {⏎⇥return Ok(());⏎}
if «v» > «n» {⏎⇥return None;⏎}
for «v1» in &«v» {⏎⇥«f»(«v1»);⏎}
for «v1» in 0..«n» {⏎⇥«v» += «v1»;⏎}
match «v» {⏎⇥Some(«v1») => «f»(«v1»),⏎⇥None => {}⏎}
println!("«prose»");
info!("«prose» {}", «v»);
let «v»: Vec<_> = «v».iter().map(|«v1»| «v1».«fld»).collect();
let «v» = «v».lock().unwrap();
let Some(«v») = «v».get("«key»") else { return };
let «v» = Instant::now();
assert!(«v» > 0);
«v».sort();
Ok(())
let «v» = «v».len();
drop(«v»);
use crate::«w»::«P»;
""",
    expr_contexts="""
stmt | «CALL»;
let | let «v» = «CALL»;
let | let «v» = «CALL»;
try | let «v» = «CALL»?;
try | «CALL»?;
mut | let mut «v» = «CALL»?;
unwrap | let «v» = «CALL».unwrap();
expect | let «v» = «CALL».expect("«prose»");
discard | let _ = «CALL»;
return | return «CALL»;
tail | «CALL»
ok | Ok(«CALL»?)
iflet | if let Ok(«v») = «CALL» {⏎⇥«f»(«v»);⏎}
match | match «CALL» {⏎⇥Ok(«v1») => «f»(«v1»),⏎⇥Err(e) => eprintln!("«prose»: {}", e),⏎}
await | let «v» = «CALL».await?;
awaits | «CALL».await?;
arg | «f»(«CALL»);
field | self.«fld» = «CALL»;
push | «v».push(«CALL»);
maperr | «CALL».map_err(|e| e.to_string())?;
""",
    stmt_contexts="""
stmt | «CALL»;
stmt | «CALL»;
if | if «v» {⏎⇥«CALL»;⏎}
for | for _ in 0..«n» {⏎⇥«CALL»;⏎}
after | «CALL»;⏎Ok(())
""",
    sources="""
query | web | Query(«v1»): Query<«P»> | «v1».«fld»
path | web | «v1»: web::Path<String> | «v1».into_inner()
webquery | web | query: web::Query<HashMap<String, String>> | query["«key»"]
axumpath | web | Path(«v1»): Path<String> | «v1»
json | web | Json(«v1»): Json<«P»Request> | «v1».«fld»
form | web | form: web::Form<«P»> | form.«fld»
header | web | req: HttpRequest | req.headers().get("x-«w»").unwrap().to_str().unwrap()
matchinfo | web | req: HttpRequest | req.match_info().query("«key»")
args | cli | ¤ | std::env::args().nth(1).unwrap()
argsvec | cli | args: &[String] | args[1]
clap | cli | cli: Cli | cli.«fld»
env | env | ¤ | std::env::var("«C»").unwrap()
env2 | env | ¤ | env::var("«C»")?
field | field | «v»: usize | self.«fld»
struct | data | «v1»: &«P» | «v1».«fld»
value | data | «v1»: &serde_json::Value | «v1»["«key»"].as_str().unwrap()
line | io | «v1»: &mut Lines<BufReader<TcpStream>> | «v1».next().unwrap()?
""",
    carriers="""
«X».trim().to_string()
«X».to_lowercase()
«X».to_string()
«X».clone()
String::from(«X»)
«f»(&«X»)
«X».replace(' ', "_")
""",
    guards="""
contains | if !["«w»", "«w»"].contains(&«X».as_ref()) {⏎⇥return;⏎}
allowed | if !ALLOWED_«C».contains(&«X»[..]) {⏎⇥return Err("«prose»".into());⏎}
chars | if !«X».chars().all(|c| c.is_ascii_alphanumeric()) {⏎⇥return Err(Error::«P»);⏎}
regex | ensure!(Regex::new("^[a-z0-9_]+$")?.is_match(&«X»));
""",
    casts="""
«X».parse::<u32>()?
«X».parse::<i64>().unwrap()
""",
    literals="""
for | for «V» in ["«w»", "«w»", "«w»"] {⏎⇥«BODY»⏎}
constant | let «V» = "«w»";⏎«BODY»
const | const «V»: &str = "«w»";⏎«BODY»
ternary | let «V» = if «v» { "«w»" } else { "«w»" };⏎«BODY»
""",
    helper_import="""
use crate::«w»::«H»;
use super::«snake»::«H»;
use «snake»::{«H», «P»};
""",
)

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
