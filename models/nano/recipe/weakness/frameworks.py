# SPDX-License-Identifier: Apache-2.0
"""Where values from outside come from and where they end, in more libraries than the languages and families name.

Training only: the tables that decide what is held out stay as they are. Nothing here is what a family holds out.
"""
from . import invented
from .template import Rows

# language: (name, tag, params, expression), as in the languages' own tables
_SOURCES = {
    "python": """
pathparams | web | request | request.path_params["«key»"]
bottle | web | ¤ | request.query.«fld»
falcon | web | req, resp | req.get_param("«key»")
falconmedia | web | req, resp | req.media["«key»"]
tornado | web | ¤ | self.get_query_argument("«key»", "")
tornadobody | web | ¤ | self.get_body_argument("«key»")
matchdict | web | request | request.matchdict["«key»"]
fastapi | web | «v1»: str = Query(...) | «v1»
fastapibody | web | «v1»: «P»Request | «v1».«fld»
fastapiform | web | «v1»: str = Form("") | «v1»
drf | web | request | request.data["«key»"]
drfget | web | request | request.data.get("«key»", "")
webapp | web | ¤ | self.request.get("«key»")
wsgi | web | environ, start_response | parse_qs(environ["QUERY_STRING"])["«key»"][0]
basehttp | web | ¤ | self.path.lstrip("/")
parsed | web | ¤ | parse_qs(urlparse(self.path).query)["«key»"][0]
quart | web | ¤ | (await request.form)["«key»"]
aiopost | web | request | (await request.post())["«key»"]
view | web | request, «snake1» | «snake1»
viewarg | web | ¤ | request.view_args["«key»"]
uploadname | web | file: UploadFile | file.filename
referrer | web | ¤ | request.referrer
lambdapath | web | event, context | event["pathParameters"]["«key»"]
wsmessage | web | websocket | (await websocket.receive_json())["«key»"]
""",
    "javascript": """
reqparam | web | req, res | req.param('«key»')
originalurl | web | req, res | req.originalUrl.split('?')[1]
reqpath | web | req, res | req.path.slice(1)
splat | web | req, res | req.params[0]
fastifybody | web | request, reply | request.body.«fld»
fastifyparams | web | request, reply | request.params.«fld»
hapi | web | request, h | request.params.«fld»
koareq | web | ctx, next | ctx.request.query.«fld»
hono | web | c | c.req.query('«key»')
honoparam | web | c | c.req.param('«key»')
nextsearch | web | request | request.nextUrl.searchParams.get('«key»')
nextquery | web | req, res | req.query.«fld»?.toString()
formdata | web | formData | formData.get('«key»')
adonis | web | { request, response } | request.input('«key»')
socket | web | socket, payload | payload.«fld»
azure | web | context, req | req.query.«fld»
uploaded | web | req, res | req.files.«fld».name
searchparams | web | request | new URLSearchParams(request.url.split('?')[1]).get('«key»')
graphqlargs | web | parent, args | args.«fld»
destructured | web | { query, body } | query.«fld»
trpc | web | { input, ctx } | input.«fld»
""",
    "php": """
helper | web | ¤ | request('«key»')
route | web | Request $request | $request->route('«key»')
inputget | web | ¤ | Input::get('«key»')
clientname | web | Request $request | $request->file('«key»')->getClientOriginalName()
requestget | web | Request $request | $request->request->get('«key»')
attributes | web | Request $request | $request->attributes->get('«key»')
codeigniter | web | ¤ | $this->input->«post|get»('«key»')
yii | web | ¤ | Yii::$app->request->«get|post»('«key»')
wordpress | web | ¤ | get_query_var('«key»')
cake | web | ¤ | $this->request->«getQuery|getData»('«key»')
queryparams | web | $request | $request->getQueryParams()['«key»']
pathinfo | web | ¤ | $_SERVER['PATH_INFO']
dispatcher | web | array $params | $params['«key»']
laravelarg | web | string $«v1» | $«v1»
""",
    "go": """
formget | web | w http.ResponseWriter, r *http.Request | r.Form.Get("«key»")
rawquery | web | w http.ResponseWriter, r *http.Request | r.URL.RawQuery
httprouter | web | w http.ResponseWriter, r *http.Request, ps httprouter.Params | ps.ByName("«key»")
gindefault | web | c *gin.Context | c.DefaultQuery("«key»", "")
ginheader | web | c *gin.Context | c.GetHeader("X-«W»")
echoform | web | c echo.Context | c.FormValue("«key»")
fiberparams | web | c *fiber.Ctx | c.Params("«key»")
fasthttp | web | ctx *fasthttp.RequestCtx | string(ctx.QueryArgs().Peek("«key»"))
upload | web | w http.ResponseWriter, r *http.Request, header *multipart.FileHeader | header.Filename
beego | web | «camel» *«P»Controller | «camel».GetString("«key»")
iris | web | ctx iris.Context | ctx.URLParam("«key»")
cookie | web | w http.ResponseWriter, cookie *http.Cookie | cookie.Value
decoded | web | w http.ResponseWriter, in «camel»Request | in.«P»
""",
    "java": """
jaxquery | web | @QueryParam("«w»") String «v1» | «v1»
jaxform | web | @FormParam("«w»") String «v1» | «v1»
vertx | web | RoutingContext ctx | ctx.request().getParam("«key»")
vertxpath | web | RoutingContext routingContext | routingContext.pathParam("«key»")
javalin | web | Context ctx | ctx.formParam("«key»")
javalinpath | web | Context ctx | ctx.pathParam("«key»")
spark | web | Request req, Response res | req.queryParams("«key»")
sparkparams | web | Request request, Response response | request.params(":«w»")
play | web | Http.Request request | request.getQueryString("«key»")
part | web | Part part | part.getSubmittedFileName()
webflux | web | ServerRequest request | request.queryParam("«key»").orElse("")
exchange | web | HttpExchange exchange | exchange.getRequestURI().getQuery()
getvalues | web | HttpServletRequest request | request.getParameterValues("«key»")[0]
session | web | HttpSession session | (String) session.getAttribute("«key»")
record | web | «P»Request request | request.«camel»()
""",
    "rust": """
rocket | web | «v1»: String | «v1»
warp | web | «v1»: HashMap<String, String> | «v1»["«key»"]
tide | web | req: tide::Request<State> | req.param("«key»")?
querystring | web | req: HttpRequest | req.query_string()
axumquery | web | Query(params): Query<HashMap<String, String>> | params["«key»"]
axumheaders | web | headers: HeaderMap | headers["x-«w»"].to_str()?
multipart | web | field: Field | field.file_name().unwrap()
uri | web | req: Request<Body> | req.uri().path()
grpc | web | request: Request<«P»Request> | request.into_inner().«fld»
""",
    "c": """
fcgi | web | FCGX_Request *request | FCGX_GetParam("QUERY_STRING", request->envp)
mongoose | web | struct mg_http_message *hm | mg_str_dup(hm->query)
microhttpd | web | struct MHD_Connection *connection | MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "«key»")
civetweb | web | struct mg_connection *conn | mg_get_request_info(conn)->«query_string|local_uri»
onion | web | onion_request *req | onion_request_get_query(req, "«key»")
kore | web | struct http_request *req | http_argument_get(req, "«key»")
cgi | web | ¤ | getenv("«QUERY_STRING|PATH_INFO|REQUEST_URI|HTTP_COOKIE»")
evuri | web | struct evhttp_request *req | evhttp_uri_get_path(evhttp_request_get_evhttp_uri(req))
params | web | struct request *req | request_param(req, "«key»")
ulfius | web | const struct _u_request *request | u_map_get(request->map_url, "«key»")
soup | web | GHashTable *query | g_hash_table_lookup(query, "«key»")
""",
    "cpp": """
pistache | web | const Pistache::Rest::Request &request | request.param(":«w»").as<std::string>()
poco | web | Poco::Net::HTMLForm &form | form.get("«key»")
pocouri | web | Poco::Net::HTTPServerRequest &request | request.getURI()
seastar | web | const http::request &req | std::string(req.get_query_param("«key»"))
cgicc | web | cgicc::Cgicc &cgi | cgi("«key»")
matches | web | const httplib::Request &req, httplib::Response &res | req.matches[1].str()
pathparam | web | const httplib::Request &req, httplib::Response &res | req.path_params.at("«key»")
upload | web | const httplib::MultipartFormData &file | file.filename
oatpp | web | const oatpp::String &«v1» | «v1»->c_str()
fields | web | const Request &request | request.field("«key»")
query | web | const Request &request | request.Query("«key»")
""",
    "ruby": """
dig | web | ¤ | params.dig(:«w», :«w»)
upload | web | ¤ | params[:«w»].original_filename
rackpath | web | request | request.path_info
""",
}
# family: {language: (callee, kind, template with «E»)}
_SINKS = {
    7: {
        "python": """
replace | expr | os.replace⟦tmp_path¦«E»⟧
writetext | expr | Path⟦«E»⟧.«write_text(«v»)|write_bytes(«v»)|rmdir()|stat()»
webfile | expr | web.FileResponse⟦«E»⟧
sendtemp | expr | send_file⟦«E»¦mimetype="«application/pdf|text/plain|image/png»"⟧
stat | expr | os.«stat|chmod|symlink|truncate»⟦«E»¦0o644⟧
lines | lines | for «v1» in open(«E»):«!»⏎⇥«f»(«v1»)
attach | expr | «v».attach_file⟦«E»⟧
subopen | lines | with «gzip|bz2|lzma».open(«E», "rb") as «v1»:«!»⏎⇥return «v1».read()
extract | expr | shutil.«unpack_archive|make_archive»⟦«E»¦«v»⟧
listing | lines | return sorted(Path(«E»).iterdir())
savefig | stmt | «v».«save|to_csv|to_file|savefig»⟦«E»⟧
""",
        "javascript typescript": """
promiseunlink | expr | «fs.promises|fsp».«unlink|rm|stat|readdir|mkdir»⟦«E»⟧
deno | expr | «Deno.readTextFile|Deno.open|Bun.file»⟦«E»⟧
pipe | stmt | fs.createReadStream⟦«E»⟧.on('error', next).pipe(res)
replysend | expr | reply.«sendFile|download»⟦«E»⟧
stat | expr | fs.«statSync|accessSync|lstatSync»⟦«E»⟧
append | expr | fs.«appendFileSync|promises.appendFile|promises.writeFile»⟦«E»¦«v»⟧
attachment | stmt | res.attachment⟦«E»⟧.sendFile(«v»)
koasend | expr | send⟦ctx¦«E»⟧
importer | expr | import⟦«E»⟧
zipadd | stmt | archive.file⟦«E»¦{ name: '«w».«ext»' }⟧
""",
        "php": """
passthru | stmt | fpassthru⟦fopen(«E», 'rb')⟧
image | expr | «imagecreatefromjpeg|imagecreatefrompng|getimagesize|exif_read_data»⟦«E»⟧
binary | expr | new BinaryFileResponse⟦«E»⟧
touch | expr | «touch|chmod|filesize|filemtime»⟦«E»⟧
fileexists | lines | if (file_exists(«E»)) {⏎⇥readfile(«E»);«!»⏎}
zip | expr | $zip->«open|addFile»⟦«E»⟧
stream | lines | return response()->file(«E»);
""",
        "java": """
buffered | expr | Files.«newBufferedReader|readAllLines|size|exists»⟦Paths.get(«E»)⟧
copyto | expr | Files.copy⟦«Path.of|Paths.get»(«E»)¦response.getOutputStream()⟧
write | expr | Files.write⟦«Path.of|Paths.get»(«E»)¦«v»⟧
writer | expr | new «FileWriter|PrintWriter|ZipFile|FileSystemResource»⟦«E»⟧
image | expr | ImageIO.read⟦new File(«E»)⟧
scanner | expr | new Scanner⟦new File(«E»)⟧
""",
        "go": """
stat | expr | os.«Stat|Lstat»⟦«E»⟧
mkdirall | expr | os.MkdirAll⟦«E»¦0o755⟧
rename | expr | os.Rename⟦tmp.Name()¦«E»⟧
attachment | stmt | c.FileAttachment⟦«E»¦«v»⟧
sendfile | expr | c.SendFile⟦«E»⟧
create | lines | out, err := os.Create(«E»)«!»⏎if err != nil {⏎⇥return err⏎}
walk | expr | filepath.WalkDir⟦«E»¦«f»⟧
""",
        "rust": """
copy | expr | «std::|»fs::copy⟦&«E»¦«v»⟧
openoptions | expr | OpenOptions::new().read(true).open⟦&«E»⟧
metadata | expr | fs::«metadata|canonicalize|read_dir»⟦&«E»⟧
create_all | expr | fs::create_dir_all⟦&«E»⟧
""",
        "c": """
openat | expr | openat⟦dirfd¦«E»¦O_RDONLY⟧
access | expr | access⟦«E»¦«R_OK|F_OK»⟧
truncate | expr | truncate⟦«E»¦0⟧
gopen | expr | g_file_get_contents⟦«E»¦&«v»¦NULL¦NULL⟧
fopens | lines | FILE *fp = fopen(«E», "rb");«!»⏎if (fp == NULL)⏎⇥return -1;
reply | expr | evbuffer_add_file⟦«v»¦open(«E», O_RDONLY)¦0¦-1⟧
""",
        "cpp": """
fstream | expr | std::fstream «v»⟦«E»¦std::ios::in⟧
ifbrace | lines | std::ifstream «v1»{«E»};«!»⏎if (!«v1») {⏎⇥return «404|false|»;⏎}
filesize | expr | «fs|std::filesystem»::«file_size|exists|directory_iterator»⟦«E»⟧
fopens | expr | std::fopen⟦«Ec»¦"r"⟧
sendfile | stmt | «response|res».«sendFile|send_file|serveFile»⟦«E»⟧
""",
    },
    3: {
        "python": """
aiosqlite | expr | «await |»db.execute⟦«E»⟧
duckdb | expr | duckdb.«sql|query|execute»⟦«E»⟧
peewee | expr | «db|database».execute_sql⟦«E»⟧
withconn | lines | with «conn.cursor()|engine.connect()|connections["«w»"].cursor()» as «v1»:⏎⇥«v1».execute(«E»)«!»⏎⇥return «v1».«fetchall|fetchone»()
scalar | expr | «conn|cur».execute⟦«E»⟧.«fetchone()[0]|fetchall()»
psycopg | lines | «cur|c».execute(«E»)«!»⏎for «v1» in «cur|c»:⏎⇥«f»(«v1»)
sqlalchemytext | expr | «conn|connection|db».«execute|scalar|scalars»⟦sa.text(«E»)⟧
""",
        "javascript typescript": """
pgpromise | expr | «db|t».«any|one|none|many|oneOrNone»⟦«E»⟧
each | stmt | db.each⟦«E»¦«f»⟧
datasource | expr | «AppDataSource|getConnection()|this.connection».query⟦«E»⟧
cassandra | expr | «cassandra|session».execute⟦«E»⟧
rows | lines | const [«v1»] = await «pool|conn|connection».«query|execute»(«E»);«!»⏎«f»(«v1»);
objectarg | expr | «pool|client».query⟦{ text: «E» }⟧
""",
        "php": """
realquery | expr | $mysqli->real_query⟦«E»⟧
odbc | expr | «odbc_exec|sqlsrv_query|oci_parse|ibase_query»⟦$conn¦«E»⟧
doctrine | expr | $«em|entityManager|this->em»->createQuery⟦«E»⟧
ci | expr | $this->db->query⟦«E»⟧
fetchall | expr | $«pdo|db»->query⟦«E»⟧->fetchAll()
selectone | expr | DB::«selectOne|delete|update|insert»⟦«E»⟧
""",
        "java": """
named | expr | «namedJdbc|namedParameterJdbcTemplate».query⟦«E»¦params¦«v»⟧
jdbi | expr | handle.«createQuery|createUpdate|execute»⟦«E»⟧
large | expr | «stmt|statement».«executeLargeUpdate|execute|executeUpdate»⟦«E»⟧
rs | lines | ResultSet «v1» = «stmt|st|statement».executeQuery(«E»);«!»⏎while («v1».next()) {⏎⇥«f»(«v1»);⏎}
hibernate | expr | session.create«Query|MutationQuery|NativeQuery»⟦«E»⟧
vertx | expr | client.query⟦«E»⟧.execute()
""",
        "go": """
tx | expr | tx.«ExecContext|QueryContext»⟦ctx¦«E»⟧
bun | expr | db.NewRaw⟦«E»⟧.Scan(ctx, &«v»)
rows | lines | rows, err := «db|s.db|r.conn|tx».Query(«E»)«!»⏎if err != nil {⏎⇥return nil, err⏎}⏎defer rows.Close()
ent | expr | client.«ExecContext|QueryContext»⟦ctx¦«E»⟧
queryx | expr | db.«Queryx|QueryRowx|MustExec»⟦«E»⟧
""",
        "rust": """
mysql | expr | conn.«query_drop|query_first::<String, _>|exec_drop»⟦&«E»⟧
querymap | expr | conn.query_map⟦&«E»¦|row| row⟧
rawsql | expr | sqlx::raw_sql⟦&«E»⟧.execute(&pool)
executestr | expr | db.execute_unprepared⟦&«E»⟧
""",
        "c": """
pqprepare | expr | PQprepare⟦conn¦"«snake»"¦«E»¦0¦NULL⟧
prepare | expr | sqlite3_prepare⟦db¦«E»¦-1¦&stmt¦0⟧
stmtprepare | expr | mysql_stmt_prepare⟦stmt¦«E»¦strlen(«E»)⟧
run | expr | «db_exec|db_query|sql_run|dbi_conn_query»⟦«conn|db»¦«E»⟧
""",
        "cpp": """
sqlitecpp | expr | SQLite::Statement «v»⟦«db|db_|*db_»¦«E»⟧
mysqlx | expr | session.sql⟦«E»⟧.execute()
pqxx1 | expr | «tx|txn|work».«exec1|exec0|query_value<int>»⟦«E»⟧
prepared | expr | «conn|con_|connection»->prepareStatement⟦«E»⟧
odb | expr | db->execute⟦«E»⟧
qexec | lines | QSqlQuery «v1»;⏎«v1».exec(QString::fromStdString(«E»));«!»
""",
        "shell": """
mysqlq | lines | mysql -N -B "$«C»" -e «E»
psqlt | lines | «v»=$(psql -At "$DATABASE_URL" -c «E»)
sqlite | lines | sqlite3 "$«v»" «E»
""",
    },
    2: {
        "python": """
shtrue | lines | «v1» = subprocess.Popen(«E», shell=True, stdout=subprocess.PIPE)«!»⏎out, _ = «v1».communicate()
paramiko | lines | stdin, stdout, stderr = «ssh|client».exec_command(«E»)
""",
        "javascript typescript": """
promised | lines | const { stdout } = await «execAsync|exec|run|promisify(exec)»(«E»);
""",
    },
    11: {
        "javascript typescript": """
writehead | lines | res.writeHead(200, { 'Content-Type': 'text/html' });⏎res.«end|write»(«E»);«!»
htmlresponse | lines | return new Response(«E», { headers: { 'content-type': 'text/html' } });
setheader | lines | res.setHeader('Content-Type', 'text/html');⏎res.«end|write»(«E»);«!»
insert | stmt | «el|list|this.root».insertAdjacentHTML⟦'beforeend'¦«E»⟧
""",
        "python": """
startresponse | lines | start_response("200 OK", [("Content-Type", "text/html")])⏎return [(«E»).encode()]«!»
htmlcontent | lines | return HTMLResponse(content=«E»)
webtext | lines | return web.Response(text=«E», content_type="text/html")
flaskresp | lines | return Response(«E», content_type="text/html; charset=utf-8")
mailhtml | stmt | «msg|message».attach⟦MIMEText(«E», "html")⟧
""",
        "go": """
htmlheader | lines | w.Header().Set("Content-Type", "text/html")⏎«fmt.Fprint(w, «E»)|io.WriteString(w, «E»)|w.Write([]byte(«E»))»«!»
ginstring | lines | c.Data(http.StatusOK, "text/html; charset=utf-8", []byte(«E»))
""",
        "java": """
contenthtml | lines | response.setHeader("Content-Type", "text/html");⏎response.getWriter().«write|print|println»(«E»);«!»
entity | lines | return ResponseEntity.ok().contentType(MediaType.TEXT_HTML).body(«E»);
resphtml | lines | ctx.html(«E»);
""",
        "php": """
echo.comma | lines | echo '<div>', «E», '</div>';
""",
        "rust": """
axumhtml | lines | Html(«E»)
warpreply | lines | warp::reply::html(«E»)
""",
    },
}
# How a folder and a name become a path: language: (statements before, expression). Always with a name of their own where a
# call inside the call would be what a family holds out.
_JOINS = {
    "python": ["«V» = os.path.join(«C»_DIR, «X»)", "«V» = os.path.join(self.«fld», «X»)", "«V» = os.path.join(app.config[\"«C»\"], «X»)",
               "«V» = Path(«C»_DIR).joinpath(«X»)", "«V» = os.path.join(\"«path»\", «X»)", "«V» = os.path.normpath(os.path.join(«C»_DIR, «X»))"],
    "javascript": ["const «V» = path.join(«C»_DIR, «X»);", "const «V» = path.resolve(«C»_DIR, «X»);", "const «V» = path.join(__dirname, '«w»', «X»);",
                   "const «V» = path.join(process.cwd(), '«w»', «X»);", "const «V» = path.join(this.«camel»Dir, «X»);", "const «V» = join(«camel»Root, «X»);"],
    "php": ["«V» = $this->«camel»Dir . '/' . «X»;", "«V» = __DIR__ . '/«w»/' . «X»;", "«V» = storage_path('app/«w»') . '/' . «X»;",
            "«V» = «C»_DIR . DIRECTORY_SEPARATOR . «X»;"],
    "go": ["«V» := filepath.Join(«camel»Dir, «X»)", "«V» := filepath.Join(s.«camel»Dir, «X»)", "«V» := path.Join(\"«path»\", «X»)",
           "«V» := filepath.Join(cfg.«P», «X»+\".«ext»\")"],
    "java": ["String «V» = Paths.get(«C»_DIR, «X»).toString();", "String «V» = «camel»Dir + File.separator + «X»;",
             "String «V» = new File(«camel»Dir, «X»).getPath();", "String «V» = Paths.get(«camel»Root).resolve(«X»).toString();"],
    "rust": ["let «V» = format!(\"{}/{}\", self.«snake», «X»);", "let «V» = Path::new(«C»_DIR).join(&«X»);", "let «V» = self.«snake».join(&«X»);"],
    "c": ["char «V»[«256|512|PATH_MAX»];⏎snprintf(«V», sizeof(«V»), \"%s/%s\", «root|base|cfg->root|«C»_DIR|ctx->dir», «X»);",
          "char «V»[«256|1024|PATH_MAX»];⏎snprintf(«V», sizeof «V», \"%s/%s.«ext»\", «doc_root|folder|opts->dir», «X»);"],
    "cpp": ["const std::string «V» = «root_|base_dir|k«P»Dir» + \"/\" + «X»;", "const std::string «V» = (fs::path(«root_|base_») / «X»).string();",
            "auto «V» = «config.root|dir_» + '/' + «X»;"],
}
_JOINS["typescript"] = _JOINS["javascript"]
JOINS_SHARE = 0.35  # of the paths that a value becomes part of


def _Sources():
    out = {language: [("fw." + name, *rest) for name, *rest in Rows(text, 4)] for language, text in _SOURCES.items()}
    out["typescript"] = [(name, tag, params.replace("req, res", "req: Request, res: Response"), expression)
                         for name, tag, params, expression in out["javascript"] if "{" not in params and "?." not in expression]
    return out


def _Sinks():
    out = {}
    for number, table in _SINKS.items():
        spread = out[number] = {}
        for languages, text in table.items():
            for language in languages.split():
                spread.setdefault(language, []).extend(("fw." + name, *rest) for name, *rest in Rows(text, 3))
    for number, table in invented.SINKS.items():
        for language, rows in invented.Spread(table).items():
            out.setdefault(number, {}).setdefault(language, []).extend(rows)
    return out


SOURCES, SINKS, JOINS = _Sources(), _Sinks(), _JOINS
SHARE = 0.35  # of the sources and sinks drawn in training, where there are some of both
