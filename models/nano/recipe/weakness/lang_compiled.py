# SPDX-License-Identifier: Apache-2.0
"""Go and Rust."""
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
