# SPDX-License-Identifier: Apache-2.0
"""Handlers of requests, markup, seeds, trust and secrets as whole statements, in more frameworks. Training only.

Rows as in natural.py. Each row of WEAK has its harmless twins in ALIKE: the same call with what makes it safe.
"""
# ---- paths

_PATH = {
    "python": """
ownjoin | top | def _«w1»_path(self, «snake1»):⏎⇥return os.path.join(self.«fld», «snake1»)⏎⏎def «f»(self, request):⏎⇥with open(self._«w1»_path(request.«GET["«key»"]|args["«key»"]|query_params["«key»"]»), "rb") as f:«!»⏎⇥⇥return f.read()
ownjoin2 | top | def «w1»_path(«snake1»):⏎⇥return «C1» + "/" + «snake1»⏎⏎@app.route("/«w»")⏎def «f»():⏎⇥«snake2» = request.args["«key»"]⏎⇥return «send_file(«w1»_path(«snake2»))|open(«w1»_path(«snake2»)).read()»«!»
flaskroute | top | @«app|bp».«route|get»("/«w»/<«snake1»>")⏎def «f»(«snake1»):⏎⇥«path|target|full» = os.path.join(«C»_DIR, «snake1»)«?»⏎⇥return send_file(os.path.join(«C1», «snake1»))«!»
fastapi | top | @«app|router».get("/«w»/{«snake1»:path}")⏎«async |»def «f»(«snake1»: str):⏎⇥return FileResponse(«f"«w»/{«snake1»}"|os.path.join(«C1», «snake1»)|«C1» + "/" + «snake1»»)«!»
django | top | def «f»(request, «snake1»):⏎⇥«v1» = os.path.join(settings.«MEDIA_ROOT|«C»_ROOT», «snake1»)⏎⇥«with open(«v1», "rb") as f:|return FileResponse(open(«v1», "rb"))|return HttpResponse(open(«v1»).read())»«!»
aiohttp | top | async def «f»(request):⏎⇥«v1» = request.match_info["«w»"]⏎⇥return web.FileResponse(«"«w»/" + «v1»|f"./«w»/{«v1»}"|os.path.join(«C1», «v1»)»)«!»
upload | top | def «f»():⏎⇥«v1» = request.files["«key»"]⏎⇥«v1».save(os.path.join(«app.config["UPLOAD_FOLDER"]|«C»_DIR|"uploads"», «v1».filename))«!»
method | top | def «f»(self, «snake1»):⏎⇥«v1» = os.path.join(self.root, self.get_argument("«key»"))⏎⇥with open(«v1», "rb") as «v2»:«!»⏎⇥⇥self.write(«v2».read())
httpserver | top | def do_GET(self):⏎⇥«v1» = «"«w»" + self.path|os.path.join(«C1», self.path[1:])|"." + unquote(self.path)»⏎⇥with open(«v1», "rb") as f:«!»⏎⇥⇥self.wfile.write(f.read())
deletes | top | @app.delete("/«w»/{«snake1»}")⏎def «f»(«snake1»: str):⏎⇥«os.remove|os.unlink|shutil.rmtree»(«"«w»/" + «snake1»|f"{«C1»}/{«snake1»}"|os.path.join(«C1», «snake1»)»)«!»
zips | lines:request | with zipfile.ZipFile(request.files["«key»"]) as «v1»:⏎⇥for «v2» in «v1».namelist():⏎⇥⇥with open(os.path.join(«C1», «v2»), "wb") as f:«!»⏎⇥⇥⇥f.write(«v1».read(«v2»))
""",
    "javascript typescript": """
ownjoin | top | function «camel1»Path(«camel2») {⏎⇥return path.join(«C1», «camel2»);⏎}⏎⏎router.get('/«w»/:«w1»', (req, res) => {⏎⇥«res.sendFile|res.download|fs.unlinkSync»(«camel1»Path(req.params.«w1»));«!»⏎});
express | top | «app|router».«get|post»('/«w»/:«w1»', «|async »(req, res) => {⏎⇥const «v1» = path.join(«__dirname, '«w»'|«C1»|uploadsDir», req.params.«w1»);⏎⇥«res.sendFile(«v1»);|res.download(«v1»);|fs.createReadStream(«v1»).pipe(res);»«!»⏎});
concat | top | «app|router».get('/«w»', (req, res) => {⏎⇥«res.sendFile|res.download|fs.unlinkSync»(«C1» + '/' + req.query.«w»);«!»⏎});
koa | top | router.get('/«w»/:«w1»', async (ctx) => {⏎⇥const «v1» = path.resolve(«C1», ctx.params.«w1»);⏎⇥ctx.body = «fs.createReadStream(«v1»)|await fs.promises.readFile(«v1»)»;«!»⏎});
fastify | top | fastify.get('/«w»/*', async (request, reply) => {⏎⇥const «v1» = request.params['*'];⏎⇥return «reply.send(fs.createReadStream(path.join(«C1», «v1»)))|fs.promises.readFile(`./«w»/${«v1»}`)»;«!»⏎});
server | top | http.createServer((req, res) => {⏎⇥«const «v1» = '.' + req.url|const «v1» = path.join(__dirname, req.url)|const «v1» = `${«C1»}${req.url}`»;⏎⇥fs.«readFile(«v1», (err, data) => res.end(data))|createReadStream(«v1»).pipe(res)»;«!»⏎}).listen(«n»);
uploads | lines:req, res | const { originalname } = req.file;⏎fs.«writeFileSync|renameSync|copyFileSync»(«`uploads/${originalname}`, req.file.buffer|path.join(«C1», originalname), req.file.buffer»);«!»
body | lines:req, res | const { «v1» } = req.«body|query|params»;⏎«await fs.promises.unlink(path.join(«C1», «v1»));|fs.rmSync(`${«C1»}/${«v1»}`);|const «v2» = fs.readFileSync(`./«w»/${«v1»}.«ext»`);|fs.mkdirSync(`data/${«v1»}`);»«!»
""",
    "php": """
ownjoin | top | private function «camel1»Path($«camel2»)⏎{⏎⇥return $this->«camel3» . '/' . $«camel2»;⏎}⏎⏎public function «f»(Request $request)⏎{⏎⇥return «file_get_contents($this->«camel1»Path($request->input('«key»')))|response()->download($this->«camel1»Path($request->input('«key»')))»;«!»⏎}
download | lines | $«v1» = «$_GET['«key»']|$_REQUEST['«key»']|$request->query('«key»')|$request->get('«key»')»;⏎header('Content-Type: application/octet-stream');⏎readfile(«'«w»/' . $«v1»|"uploads/$«v1»"|$this->«fld» . '/' . $«v1»»);«!»
remove | lines | if (isset($_POST['«key»'])) {⏎⇥«unlink|rmdir»('uploads/' . $_POST['«key»']);«!»⏎}
laravel | lines:Request $request | return response()->«download|file»(storage_path('«w»/' . $request->«input('«key»')|«w»|query('«key»')»));
symfony | lines:Request $request | return new BinaryFileResponse($this->«fld» . '/' . $request->query->get('«key»'));
upload | lines | move_uploaded_file($_FILES['«key1»']['tmp_name'], «'uploads/'|$dir . '/'|__DIR__ . '/«w»/'» . $_FILES['«key1»']['name']);
""",
    "go": """
ownjoin | top | func «camel1»Path(«camel2» string) string {⏎⇥return filepath.Join(«camel3»Dir, «camel2»)⏎}⏎⏎func «f»(w http.ResponseWriter, r *http.Request) {⏎⇥«http.ServeFile(w, r, «camel1»Path(r.FormValue("«key»")))|f, err := os.Open(«camel1»Path(r.URL.Query().Get("«key»")))»«!»⏎}
handler | top | func «f»(w http.ResponseWriter, r *http.Request) {⏎⇥«v1» := r.«URL.Query().Get("«key»")|FormValue("«key»")|PathValue("«w»")»⏎⇥«data, err := os.ReadFile(filepath.Join(«camel»Dir, «v1»))|f, err := os.Open("«w»/" + «v1»)|http.ServeFile(w, r, filepath.Join("./«w»", «v1»))|err := os.Remove(filepath.Join(«camel»Dir, «v1»))»«!»⏎}
gin | top | func «f»(c *gin.Context) {⏎⇥«v1» := c.«Param("«w»")|Query("«w»")|PostForm("«w»")»⏎⇥«data, err := os.ReadFile("«w»/" + «v1»)|f, err := os.Create(filepath.Join(«camel»Dir, «v1»))|c.FileAttachment(filepath.Join(«camel»Dir, «v1»), «v1»)»«!»⏎}
method | top | func (s *«T») «F»(w http.ResponseWriter, r *http.Request) {⏎⇥«v1» := filepath.Join(s.«camel», r.FormValue("«key»"))⏎⇥«f, err := os.Open(«v1»)|http.ServeFile(w, r, «v1»)|b, err := os.ReadFile(«v1»)»«!»⏎}
uploadname | lines:w http.ResponseWriter, r *http.Request | file, header, err := r.FormFile("«key»")⏎if err != nil {⏎⇥return⏎}⏎dst, err := os.Create(«"uploads/" + header.Filename|filepath.Join(«camel»Dir, header.Filename)»)«!»
""",
    "java": """
ownjoin | top | private Path «camel1»Path(String «camel2») {⏎⇥return Paths.get(«C1», «camel2»);⏎}⏎⏎@GetMapping("/«w»")⏎public byte[] «f»(@RequestParam String «camel3») throws IOException {⏎⇥return Files.readAllBytes(«camel1»Path(«camel3»));«!»⏎}
servlet | top | protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {⏎⇥String «v1» = request.getParameter("«key»");⏎⇥«Files.copy(Paths.get(«C1», «v1»), response.getOutputStream());|File «v2» = new File(«C1» + "/" + «v1»);|byte[] «v2» = Files.readAllBytes(Paths.get(«C1», «v1»));|InputStream «v2» = new FileInputStream(«C1» + «v1»);»«!»⏎}
spring | top | @GetMapping("/«w»/{«camel1»}")⏎public «Resource|ResponseEntity<Resource>|byte[]» «f»(@PathVariable String «camel1») throws IOException {⏎⇥«Path «v1» = Paths.get(«C1»).resolve(«camel1»);«?»⏎⇥return Files.readAllBytes(«v1»);|return new FileSystemResource("«w»/" + «camel1»);|return new UrlResource(Paths.get(«C1», «camel1»).toUri());»«!»⏎}
spring2 | top | public String «f»(@RequestParam("«w»") String «camel1») throws IOException {⏎⇥return «Files.readString(Paths.get(«C1», «camel1»))|new String(Files.readAllBytes(Path.of("«w»/" + «camel1»)))»;«!»⏎}
upload | lines:MultipartFile file | Path «v1» = Paths.get(«C1», file.getOriginalFilename());⏎«Files.copy(file.getInputStream(), «v1»);|Files.write(«v1», file.getBytes());|file.transferTo(«v1».toFile());»«!»
""",
    "rust": """
actix | top | async fn «f»(«snake1»: web::Path<String>) -> impl Responder {⏎⇥let «v1» = format!("«path»/{}", «snake1»);⏎⇥«fs::read_to_string(&«v1»)|NamedFile::open(«v1»)|std::fs::read(&«v1»)».«unwrap()|map_err(|_| Error)|unwrap_or_default()»«!»⏎}
query | lines:query: web::Query<«P»> | let «v1» = Path::new(«C1»).join(&query.«fld»);⏎let «v2» = «File::open(&«v1»)?|fs::read_to_string(&«v1»)?|fs::read(«v1»)?»;«!»
axum | top | async fn «f»(Query(params): Query<«P»>) -> impl IntoResponse {⏎⇥let «v1» = PathBuf::from(«C1»).join(&params.«fld»);⏎⇥let «v2» = «fs::read(&«v1»)|File::open(&«v1»)|std::fs::read_to_string(«v1»)».unwrap();«!»⏎}
""".replace("map_err(|_| Error)|", ""),
    "c": """
ownjoin | top | static void «snake1»_path(char *out, size_t len, const char *name)⏎{⏎⇥snprintf(out, len, "%s/%s", «C1», name);⏎}⏎⏎int «f»(struct http_request *req)⏎{⏎⇥char path[«256|512|PATH_MAX»];⏎⏎⇥«snake1»_path(path, sizeof(path), http_query(req, "«w»"));⏎⇥return open(path, O_RDONLY);«!»⏎}
cgi | lines | const char *«v1» = getenv("«PATH_INFO|QUERY_STRING»");⏎char «v2»[«256|512|PATH_MAX»];⏎snprintf(«v2», sizeof(«v2»), "%s/%s", «C1», «v1»);⏎«FILE *fp = fopen(«v2», "rb");|int fd = open(«v2», O_RDONLY);|unlink(«v2»);»«!»
request | top | static int «f»(struct http_request *req, struct response *res)⏎{⏎⇥char «v1»[«512|PATH_MAX»];⏎⏎⇥snprintf(«v1», sizeof(«v1»), "«path»/%s", «req->uri|http_query(req, "«w»")|req->path + 1»);⏎⇥«int fd = open(«v1», O_RDONLY);|FILE *fp = fopen(«v1», "r");|return send_file(res, «v1»);»«!»⏎}
""",
    "cpp": """
ownjoin | top | std::string «T1»::«F1»Path(const std::string &name) const {⏎⇥return root_ + "/" + name;⏎}⏎⏎void «T1»::«F»(const httplib::Request &req, httplib::Response &res) {⏎⇥std::ifstream in(«F1»Path(req.get_param_value("«w»")), std::ios::binary);«!»⏎}
httplib | lines | svr.Get(R"(/«w»/(.*))", [&](const httplib::Request& req, httplib::Response& res) {⏎⇥std::ifstream «v1»(«root + "/" + req.matches[1].str()|"«w»/" + req.matches[1].str()»);«!»⏎});
request | top | «void|Response|bool» «T»::«F»(const «Request|HttpRequest|httplib::Request» &request)⏎{⏎⇥const std::string «v1» = «root_ + "/" + request.«get_param_value|query|param»("«w»")|folder_ + '/' + request.header("X-«W»")»;⏎⇥«std::ifstream in(«v1»);|std::ifstream in(«v1», std::ios::binary);|std::remove(«v1».c_str());|fs::remove(«v1»);»«!»⏎}
""",
    "shell": """
cgi | lines | «v1»="${QUERY_STRING#«w»=}"⏎«cat|rm -f|tail -n 50» "«path»/$«v1»"
cgi2 | lines | «cat|tar czf - -C» "«path»/$PATH_INFO"
""",
}
_PATH_ALIKE = {
    "python": """
ownjoin | top | def _«w1»_path(self, «snake1»):⏎⇥return os.path.join(self.«fld», os.path.basename(«snake1»))⏎⏎def «f»(self, request):⏎⇥with open(self._«w1»_path(request.GET["«key»"]), "rb") as f:⏎⇥⇥return f.read()
ownjoin2 | top | def «w1»_path(«snake1»):⏎⇥return «C1» + "/" + secure_filename(«snake1»)⏎⏎@app.route("/«w»")⏎def «f»():⏎⇥return send_file(«w1»_path(request.args["«key»"]))
flaskroute | top | @app.route("/«w»/<«snake1»>")⏎def «f»(«snake1»):⏎⇥return send_from_directory(«C1», «snake1»)
fastapi | top | @app.get("/«w»/{«snake1»}")⏎def «f»(«snake1»: «int|UUID»):⏎⇥return FileResponse(f"«w»/{«snake1»}.«ext»")
django | top | def «f»(request, pk):⏎⇥«v1» = get_object_or_404(«T», pk=pk)⏎⇥return FileResponse(«v1».file.open("rb"))
upload | top | def «f»():⏎⇥«v1» = request.files["«key»"]⏎⇥«v1».save(os.path.join(app.config["UPLOAD_FOLDER"], secure_filename(«v1».filename)))
upload2 | top | def «f»(upload: UploadFile):⏎⇥«v1» = «C1» / f"{uuid4().hex}.«ext»"⏎⇥with open(«v1», "wb") as f:⏎⇥⇥shutil.copyfileobj(upload.file, f)
resolved | lines:«v2» | «v1» = (Path(«C1») / «v2»).resolve()⏎if not «v1».is_relative_to(Path(«C1»).resolve()):⏎⇥raise HTTPException(status_code=«400|403|404»)⏎return FileResponse(«v1»)
basename | lines | «v1» = os.path.basename(request.args["«key»"])⏎return send_file(os.path.join(«C1», «v1»))
known | lines | «v1» = request.args.get("«key»")⏎if «v1» not in «C2»:⏎⇥abort(404)⏎return send_file(os.path.join(«C1», «C2»[«v1»]))
config | lines:config | with open(«config["«key»"]|config.«fld»|os.path.join(config.root, "«w».«ext»")|settings.«C»_FILE|args.output») as f:⏎⇥return «json.load(f)|f.read()|yaml.safe_load(f)»
walk | lines:root | for «v1» in sorted(os.listdir(root)):⏎⇥with open(os.path.join(root, «v1»)) as f:⏎⇥⇥«f»(f.read())
""",
    "javascript typescript": """
ownjoin | top | function «camel1»Path(«camel2») {⏎⇥return path.join(«C1», path.basename(«camel2»));⏎}⏎⏎router.get('/«w»/:«w1»', (req, res) => {⏎⇥res.sendFile(«camel1»Path(req.params.«w1»));⏎});
express | top | app.get('/«w»/:«w1»', (req, res) => {⏎⇥res.sendFile(path.basename(req.params.«w1»), { root: «C1» });⏎});
numbered | top | router.get('/«w»/:id', (req, res) => {⏎⇥const «v1» = Number(req.params.id);⏎⇥res.sendFile(path.join(«C1», `${«v1»}.«ext»`));⏎});
inside | lines:req, res | const «v1» = path.resolve(«C1», req.«query|params».«fld»);⏎if (!«v1».startsWith(path.resolve(«C1») + path.sep)) return res.status(403).end();⏎res.«sendFile|download»(«v1»);
static | lines | app.use(«|'/«w»', »express.static(path.join(__dirname, '«public|dist|«w»'»)));
config | lines | const «v1» = JSON.parse(fs.readFileSync(«path.join(__dirname, '«w».json')|configPath|options.«fld»», 'utf8'));
generated | lines:req, res | const «v1» = path.join(«C1», `${crypto.randomUUID()}.«ext»`);⏎fs.writeFileSync(«v1», req.file.buffer);
known | lines:req, res | const «v1» = «C2»[req.query.«fld»];⏎if (!«v1») return res.sendStatus(404);⏎res.sendFile(path.join(«C1», «v1»));
walk | lines:dir | for (const «v1» of fs.readdirSync(dir)) {⏎⇥const «v2» = fs.readFileSync(path.join(dir, «v1»), 'utf8');⏎⇥«f»(«v2»);⏎}
""".replace("'«public|dist|«w»'»)))", "'«public|dist|«w»»')))"),
    "php": """
ownjoin | top | private function «camel1»Path($«camel2»)⏎{⏎⇥return $this->«camel3» . '/' . basename($«camel2»);⏎}⏎⏎public function «f»(Request $request)⏎{⏎⇥return file_get_contents($this->«camel1»Path($request->input('«key»')));⏎}
base | lines | $«v1» = basename($_GET['«key»']);⏎readfile(«'«w»/' . $«v1»|"uploads/$«v1»"|$this->«fld» . '/' . $«v1»»);
numbered | lines | $«v1» = (int) $_GET['id'];⏎readfile("«w»/$«v1».«ext»");
allowed | lines | if (!in_array($_GET['«key1»'], self::«C», true)) {⏎⇥throw new NotFoundException();⏎}⏎readfile('«w»/' . $_GET['«key1»']);
real | lines | $«v1» = realpath($this->«fld1» . '/' . $_GET['«key»']);⏎if ($«v1» === false || !str_starts_with($«v1», $this->«fld1» . '/')) {⏎⇥http_response_code(404);⏎⇥exit;⏎}⏎readfile($«v1»);
generated | lines | $«v1» = bin2hex(random_bytes(16)) . '.«ext»';⏎move_uploaded_file($_FILES['«key»']['tmp_name'], 'uploads/' . $«v1»);
""",
    "go": """
ownjoin | top | func «camel1»Path(«camel2» string) string {⏎⇥return filepath.Join(«camel3»Dir, filepath.Base(«camel2»))⏎}⏎⏎func «f»(w http.ResponseWriter, r *http.Request) {⏎⇥http.ServeFile(w, r, «camel1»Path(r.FormValue("«key»")))⏎}
base | top | func «f»(w http.ResponseWriter, r *http.Request) {⏎⇥«v1» := filepath.Base(r.URL.Query().Get("«key»"))⏎⇥http.ServeFile(w, r, filepath.Join(«camel»Dir, «v1»))⏎}
numbered | top | func «f»(c *gin.Context) {⏎⇥id, err := strconv.Atoi(c.Param("id"))⏎⇥if err != nil {⏎⇥⇥c.Status(http.StatusBadRequest)⏎⇥⇥return⏎⇥}⏎⇥data, err := os.ReadFile(fmt.Sprintf("«w»/%d.«ext»", id))⏎}
inside | lines:w http.ResponseWriter, r *http.Request | «v1» := filepath.Join(«camel1», filepath.Clean("/"+r.FormValue("«key»")))⏎if !strings.HasPrefix(«v1», «camel1»+string(os.PathSeparator)) {⏎⇥http.NotFound(w, r)⏎⇥return⏎}⏎f, err := os.Open(«v1»)
local | lines:w http.ResponseWriter, r *http.Request | «v1» := r.PathValue("«w»")⏎if !filepath.IsLocal(«v1») {⏎⇥http.NotFound(w, r)⏎⇥return⏎}⏎http.ServeFile(w, r, filepath.Join("«w»", «v1»))
config | lines | data, err := os.ReadFile(«cfg.«P»|*«camel»Path|filepath.Join(home, ".«w»")|filepath.Join(dir, entry.Name())»)
""",
    "java": """
ownjoin | top | private Path «camel1»Path(String «camel2») {⏎⇥return Paths.get(«C1», Paths.get(«camel2»).getFileName().toString());⏎}⏎⏎@GetMapping("/«w»")⏎public byte[] «f»(@RequestParam String «camel3») throws IOException {⏎⇥return Files.readAllBytes(«camel1»Path(«camel3»));⏎}
name | top | protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {⏎⇥String «v1» = Paths.get(request.getParameter("«key»")).getFileName().toString();⏎⇥Files.copy(Paths.get(«C1», «v1»), response.getOutputStream());⏎}
inside | top | public Resource «f»(@PathVariable String «camel1») {⏎⇥Path «v1» = «C1».resolve(«camel1»).normalize();⏎⇥if (!«v1».startsWith(«C1»)) {⏎⇥⇥throw new ResponseStatusException(HttpStatus.NOT_FOUND);⏎⇥}⏎⇥return new FileSystemResource(«v1»);⏎}
numbered | top | public byte[] «f»(@PathVariable «long|UUID» id) throws IOException {⏎⇥return Files.readAllBytes(Paths.get(«C1», id + ".«ext»"));⏎}
config | lines | Properties «v1» = new Properties();⏎«v1».load(new FileInputStream(«"«w».properties"|configFile|new File(home, "«w».«ext»")»));
""",
    "rust": """
numbered | top | async fn «f»(id: web::Path<u32>) -> impl Responder {⏎⇥NamedFile::open(format!("«path»/{}.«ext»", id))⏎}
inside | lines:query: web::Query<«P»> | let «v1» = Path::new(«C1»).join(&query.«fld»).canonicalize()?;⏎if !«v1».starts_with(«C1») {⏎⇥return Err(Error::«P»);⏎}⏎let «v2» = fs::read(&«v1»)?;
name | lines:query: web::Query<«P»> | let «v1» = Path::new(&query.«fld»).file_name().ok_or(Error::«P»)?;⏎let «v2» = fs::read(Path::new(«C1»).join(«v1»))?;
""",
    "c": """
ownjoin | top | static int «snake1»_path(char *out, size_t len, const char *name)⏎{⏎⇥if (strchr(name, '/') != NULL || name[0] == '.')⏎⇥⇥return -1;⏎⇥return snprintf(out, len, "%s/%s", «C1», name);⏎}⏎⏎int «f»(struct http_request *req)⏎{⏎⇥char path[PATH_MAX];⏎⏎⇥if («snake1»_path(path, sizeof(path), http_query(req, "«w»")) < 0)⏎⇥⇥return -1;⏎⇥return open(path, O_RDONLY);⏎}
cgi | lines | const char *«v1» = getenv("PATH_INFO");⏎char «v2»[«256|PATH_MAX»];⏎if («v1» == NULL || strstr(«v1», "..") != NULL)⏎⇥return «404|-1»;⏎snprintf(«v2», sizeof(«v2»), "%s%s", «C1», «v1»);⏎FILE *fp = fopen(«v2», "rb");
numbered | top | static int «f»(struct http_request *req)⏎{⏎⇥char «v1»[64];⏎⏎⇥snprintf(«v1», sizeof(«v1»), "«path»/%d.«ext»", atoi(http_query(req, "id")));⏎⇥FILE *fp = fopen(«v1», "r");⏎}
config | lines:const struct config *cfg | char «v1»[PATH_MAX];⏎snprintf(«v1», sizeof(«v1»), "%s/«w».conf", cfg->dir);⏎FILE *fp = fopen(«v1», "r");
""",
    "cpp": """
inside | lines:const httplib::Request &req, httplib::Response &res | const fs::path «v1» = fs::weakly_canonical(root_ / req.get_param_value("«w»"));⏎if («v1».string().rfind(root_.string(), 0) != 0) {⏎⇥res.status = 404;⏎⇥return;⏎}⏎std::ifstream in(«v1»);
name | lines:const Request &request | const std::string «v1» = fs::path(request.query("«w»")).filename().string();⏎std::ifstream in(root_ + "/" + «v1»);
config | lines:const Config &config | std::ifstream in(config.«fld» + "/«w».json");
""",
    "shell": """
base | lines | «v1»="$(basename "$QUERY_STRING")"⏎cat "«path»/$«v1»"
own | lines | «cat|rm -f|tail -n 50» "$«C»_DIR/$«v»"
""",
}

# ---- markup

_XSS = {
    "python": """
ownmarkup | top | def _«w1»_html(«snake1»):⏎⇥return "<li>" + «snake1» + "</li>"«?»⏎⏎def «f»(request):⏎⇥return HttpResponse("<ul>" + _«w1»_html(request.GET["«key»"]) + "</ul>")«!»
flask | top | @app.«route|get»("/«w»")⏎def «f»():⏎⇥«v1» = request.args.get("«key»"«|, ""»)⏎⇥return «f"<«h1|p|div»>«Prose» {«v1»}</p>"|"<p>" + «v1» + "</p>"|"<b>%s</b>" % «v1»|"<ul><li>{}</li></ul>".format(«v1»)»«!»
rows | lines:«v2» | «v1» = ["<tr><td>" + «v3» + "</td></tr>" for «v3» in «v2»]«?»⏎return HttpResponse("<table>" + "".join(«v1») + "</table>")«!»
template | lines:«v2» | return «HTMLResponse|HttpResponse|Response»(«C1».replace("{{«w»}}", «v2».«fld»))
append | lines:«v2» | «v1» = "<div class='«w»'>"⏎«v1» += «v2».«fld»⏎«v1» += "</div>"⏎return «mark_safe|Markup|HTMLResponse»(«v1»)«!»
safe | lines:«v2» | return «mark_safe|Markup»(«f"<«span|b|a»>{«v2».«fld»}</span>"|"<i>" + «v2» + "</i>"|"<b>%s</b>" % «v2»»)
bottle | top | @route("/«w»/<«snake1»>")⏎def «f»(«snake1»):⏎⇥return «"<h1>" + «snake1» + "</h1>"|f"<p>{«snake1»}</p>"»«!»
wsgi | lines:environ, start_response | «v1» = parse_qs(environ["QUERY_STRING"]).get("«key»", [""])[0]⏎start_response("200 OK", [("Content-Type", "text/html")])⏎return [f"<p>{«v1»}</p>".encode()]«!»
""",
    "javascript typescript": """
ownmarkup | top | function «camel1»Row(«camel2») {⏎⇥return '<tr><td>' + «camel2».«fld» + '</td></tr>';«?»⏎}⏎⏎function «f»(«camel3») {⏎⇥«table|list|document.getElementById('«dash»')».innerHTML = «camel3».map(«camel1»Row).join('');«!»⏎}
express | top | «app|router».get('/«w»', (req, res) => {⏎⇥res.«send|end|write»(«`<h1>${req.query.«w»}</h1>`|'<p>' + req.query.«w» + '</p>'|'<div>«Prose» ' + req.query.«w» + '</div>'»);«!»⏎});
table | lines:«v2» | const «v1» = «v2».map(«v3» => '<tr><td>' + «v3».«fld» + '</td></tr>').join('');⏎«table|tbody|this.body|document.querySelector('#«dash»')».innerHTML = «v1»;«!»
build | lines:«v2» | let «v1» = '';⏎for (const «v3» of «v2») {⏎⇥«v1» += `<«li|option|p»>${«v3».«fld»}</li>`;⏎}⏎«list|this.list|el».innerHTML = «v1»;«!»
fetched | lines | const «v1» = await «(await fetch('/«w»')).json()|api.get('/«w»')»;⏎document.getElementById('«dash»').innerHTML = «v1».«fld»;«!»
fetched2 | lines | fetch(`/«w»/${id}`)⏎⇥.then((r) => r.«json|text»())⏎⇥.then((«v1») => { «el|panel|box».innerHTML = «v1».«fld»; });«!»
jsx | lines:{ «v2» } | return <«div|span|p» className="«dash»" dangerouslySetInnerHTML={{ __html: «v2».«fld» }} />;
params | lines | const «v1» = new URLSearchParams(window.location.search);⏎document.querySelector('.«dash»').innerHTML = «`<b>${«v1».get('«key»')}</b>`|«v1».get('«key»')|'«Prose» ' + «v1».get('«key»')»;«!»
message | lines | window.addEventListener('message', («v1») => {⏎⇥«el|output».innerHTML = «v1».data«|.«fld»»;«!»⏎});
jquery | lines:«v2» | $('«#|.»«dash»').html(«'<b>' + «v2».«fld» + '</b>'|«v2».«fld»|`<p>${«v2».«fld»}</p>`»);
vue | lines | «v1».innerHTML = marked.parse(«v2».«fld»);
outer | lines:«v2» | «el|node».outerHTML = «`<a title="${«v2».«fld»}">«w»</a>`|'<p>' + «v2».«fld» + '</p>'»;
error | lines:err, req, res, next | res.status(«500|400|404»).send(«`<h1>${err.message}</h1>`|'<p>' + req.originalUrl + ' «prose»</p>'»);
""",
    "php": """
echo | lines | echo «"<p>«Prose»: {$_GET['«key»']}</p>"|'<h1>' . $_GET['«key»'] . '</h1>'|"<li>$«v1»[«w»]</li>"|'<td>' . $«v1»->get«P»() . '</td>'|"<b>" . $row["«key»"] . "</b>"»;
loop | lines | foreach ($«v1» as $«v2») {⏎⇥echo «"<tr><td>$«v2»</td></tr>"|'<option>' . $«v2»['«key»'] . '</option>'|"<li>{$«v2»->«fld»}</li>"»;«!»⏎}
build | lines | $html = '<ul>';⏎foreach ($«v1» as $«v2») {⏎⇥$html .= '<li>' . $«v2»['«key»'] . '</li>';«?»⏎}⏎«echo $html|echo $html . '</ul>'»;«!»
var | lines | $«v1» = $_«GET|POST|COOKIE»['«key»']«| ?? ''»;⏎«echo "<h2>«Prose» $«v1»</h2>"|print '<p>' . $«v1» . '</p>'|echo $«v1»|printf('<b>%s</b>', $«v1»)»;«!»
""",
    "go": """
handler | top | func «f»(w http.ResponseWriter, r *http.Request) {⏎⇥«v1» := r.«URL.Query().Get("«key»")|FormValue("«key»")»⏎⇥«fmt.Fprintf(w, "<h1>%s</h1>", «v1»)|fmt.Fprintf(w, "<p>«Prose»: "+«v1»+"</p>")|w.Write([]byte("<div>" + «v1» + "</div>"))|io.WriteString(w, "<b>"+«v1»+"</b>")»«!»⏎}
rows | lines:w http.ResponseWriter, «v2» []«P» | for _, «v3» := range «v2» {⏎⇥fmt.Fprintf(w, "«<li>%s</li>|<tr><td>%s</td></tr>|<option>%s</option>»\\n", «v3».«P»)«!»⏎}
builder | lines:«v2» *«P» | var «v1» strings.Builder⏎«v1».WriteString("<p>" + «v2».«P» + "</p>")⏎return template.HTML(«v1».String())«!»
tmplhtml | lines:«v2» string | return template.HTML(«"<b>" + «v2» + "</b>"|fmt.Sprintf("<a href=\\"%s\\">«w»</a>", «v2»)|«v2»»)
""",
    "java": """
servlet | top | protected void doGet(HttpServletRequest req, HttpServletResponse resp) throws IOException {⏎⇥String «v1» = req.getParameter("«key»");⏎⇥resp.setHeader("Content-Type", "text/html");⏎⇥resp.getWriter().«println|write|print»("<«h1|p|b»>" + «v1» + "</p>");«!»⏎}
spring | top | @GetMapping(«"/«w»"|value = "/«w»", produces = MediaType.TEXT_HTML_VALUE»)⏎@ResponseBody⏎public String «f»(@RequestParam String «camel1») {⏎⇥return «"<p>«Prose» " + «camel1» + "</p>"|String.format("<h1>%s</h1>", «camel1»)»;«!»⏎}
builder | lines:List<«P»> «v2» | StringBuilder html = new StringBuilder("<ul>");⏎for («P» «v3» : «v2») {⏎⇥html.append("<li>").append(«v3».get«P»()).append("</li>");«?»⏎}⏎«out|writer|response.getWriter()».«print|write»(html.toString());«!»
""",
    "rust": """
axum | top | async fn «f»(Query(«v1»): Query<«P»>) -> Html<String> {⏎⇥Html(format!("<h1>{}</h1>", «v1».«fld»))«!»⏎}
actix | top | async fn «f»(«v1»: web::Query<«P»>) -> impl Responder {⏎⇥HttpResponse::Ok().content_type("text/html").body(format!("<p>«Prose» {}</p>", «v1».«fld»))«!»⏎}
""",
    "c": """
cgi | lines | const char *«v1» = getenv("QUERY_STRING");⏎printf("Content-Type: text/html\\r\\n\\r\\n");⏎printf("<«h1|p|b»>%s</p>\\n", «v1»);«!»
param | lines:struct http_request *req | evbuffer_add_printf(«v1», "<«td|p|h1»>%s</td>", http_query(req, "«w»"));
row | lines:FILE *out, const struct «snake» *«v2» | fprintf(out, "<«li|td|tr><td»>%s</td>\\n", «v2»->«fld»);
buffer | lines:struct response *res, const char *«v2» | char html[«512|1024»];⏎snprintf(html, sizeof(html), "<p>«Prose»: %s</p>", «v2»);⏎«respond|send_html|http_reply»(res, 200, "text/html", html);«!»
""",
    "cpp": """
httplib | lines:const httplib::Request &req, httplib::Response &res | res.set_content("<«h1|p»>" + req.get_param_value("«w»") + "</p>", "text/html");
stream | lines:std::ostream &out, const «T» &«v2» | out << "<«td|li|p»>" << «v2».«fld»«|()» << "</td>\\n";
append | lines:const std::vector<«T»> &«v2» | std::string html = "<table>";⏎for (const auto &«v3» : «v2») {⏎⇥html += "<tr><td>" + «v3».«fld» + "</td></tr>";«?»⏎}⏎«response|res».«set_html|set_content|body»(html«|, "text/html"»);«!»
body | lines:const Request &request | «response|reply».body = "<p>«Prose» " + request.«query|param»("«w»") + "</p>";
""",
    "shell": """
cgi | lines | echo "Content-Type: text/html"⏎echo⏎echo "<«h1|p|b»>«${QUERY_STRING#*=}|$QUERY_STRING|$HTTP_USER_AGENT|$REQUEST_URI»</p>"«!»
""",
    "html": """
on | top | <a href="#" onclick="«f»('{{ «w».«w»|safe }}')">«Prose»</a>
script | top | <script>var «camel» = "<?= $_GET['«key»'] ?>";</script>
safe | top | <«div|td|p» class="«dash»">{{ «w».«w» «bar» safe }}</div>
handle | top | <«div|td|span»>{{{ «w».«camel» }}}</div>
erbraw | top | <%== «w».«w» %>
thyme | top | <«p|div|span» th:utext="${«w».«camel»}"></p>
""",
}
_XSS_ALIKE = {
    "python": """
ownmarkup | top | def _«w1»_html(«snake1»):⏎⇥return "<li>" + escape(«snake1») + "</li>"⏎⏎def «f»(request):⏎⇥return HttpResponse("<ul>" + _«w1»_html(request.GET["«key»"]) + "</ul>")
flask | top | @app.route("/«w»")⏎def «f»():⏎⇥«v1» = request.args.get("«key»")⏎⇥return «f"<p>{escape(«v1»)}</p>"|jsonify(«w»=«v1»)|{"«key»": «v1»}|"<p>" + html.escape(«v1») + "</p>"»
rows | lines:«v2» | «v1» = ["<tr><td>" + html.escape(«v3») + "</td></tr>" for «v3» in «v2»]⏎return HttpResponse("<table>" + "".join(«v1») + "</table>")
number | lines:«v2» | return HTMLResponse(f"<p>{«len(«v2»)|int(«v2»)|«v2»:d»} «w»</p>")
text | lines:«v2» | return «PlainTextResponse|Response»(f"«w»: {«v2»}"«|, media_type="text/plain"»)
safe | lines | return mark_safe("«<b>«w»</b>|<br>|<i class='«w»'></i>»")
report | lines:«v2» | print(f"<{«v2»}>")⏎«v1» = f"{«v2».«fld»}: {«v2».«fld»}"
xml | lines:«v2» | «v1» = ElementTree.SubElement(«v2», "«w»")⏎«v1».text = «v2».«fld»
""",
    "javascript typescript": """
ownmarkup | top | function «camel1»Row(«camel2») {⏎⇥return '<tr><td>' + escapeHtml(«camel2».«fld») + '</td></tr>';⏎}⏎⏎function «f»(«camel3») {⏎⇥«table|list|document.getElementById('«dash»')».innerHTML = «camel3».map(«camel1»Row).join('');⏎}
express | top | app.get('/«w»', (req, res) => {⏎⇥res.«json({ «w»: req.query.«w» })|render('«w»', { «w»: req.query.«w» })|send(`<h1>${escapeHtml(req.query.«w»)}</h1>`)|type('text/plain').send(req.query.«w»)»;⏎});
table | lines:«v2» | for (const «v3» of «v2») {⏎⇥const «v1» = document.createElement('«li|td|option»');⏎⇥«v1».textContent = «v3».«fld»;⏎⇥list.appendChild(«v1»);⏎}
build | lines:«v2» | const «v1» = «v2».map((«v3») => `<li>${escapeHtml(«v3».«fld»)}</li>`).join('');⏎list.innerHTML = «v1»;
jsx | lines:{ «v2» } | return <«div|span|p» className="«dash»">{«v2».«fld»}</«div|p|span»>;
clean | lines:«v2» | «el|this.el».innerHTML = DOMPurify.sanitize(«v2».«fld»«|, { ALLOWED_TAGS: ['b', 'i'] }»);
constant | lines | «el|this.el».innerHTML = «'<span class="«dash»"></span>'|`<b>${«v1».length}</b>`|«C»|''|'&times;'»;
params | lines | const «v1» = new URLSearchParams(location.search).get('«key»');⏎document.querySelector('.«dash»').textContent = «v1»;
error | lines:err, req, res, next | res.status(«500|400|404»).«json({ error: err.message })|send('«prose»')|end()»;
""",
    "php": """
echo | lines | echo «'<h1>' . htmlspecialchars($_GET['«key»'], ENT_QUOTES) . '</h1>'|"<p>" . (int) $_GET['id'] . "</p>"|json_encode(['«key»' => $_GET['«key»']])|'<td>' . e($«v1»->«fld») . '</td>'|number_format($row['«key»'])»;
loop | lines | foreach ($«v1» as $«v2») {⏎⇥echo '<li>' . htmlspecialchars($«v2»['«key»']) . '</li>';⏎}
cli | lines | fwrite(STDOUT, "«w»: $«v1»\\n");
""",
    "go": """
handler | top | func «f»(w http.ResponseWriter, r *http.Request) {⏎⇥«v1» := r.FormValue("«key»")⏎⇥«fmt.Fprintf(w, "<h1>%s</h1>", html.EscapeString(«v1»))|fmt.Fprintf(w, "<p>%d</p>", len(«v1»))|json.NewEncoder(w).Encode(«v1»)|tmpl.Execute(w, «v1»)|http.Error(w, "«prose»", http.StatusBadRequest)»⏎}
plain | lines:w io.Writer, «v2» *«P» | fmt.Fprintf(w, "«%s: %s|%-20s %s|%s\\t%s»\\n", «v2».«P», «v2».«P»)
""",
    "java": """
servlet | top | protected void doGet(HttpServletRequest req, HttpServletResponse resp) throws IOException {⏎⇥String «v1» = req.getParameter("«key»");⏎⇥resp.setHeader("Content-Type", "text/html");⏎⇥resp.getWriter().println("<p>" + «Encode.forHtml|HtmlUtils.htmlEscape|StringEscapeUtils.escapeHtml4»(«v1») + "</p>");⏎}
count | lines:List<«P»> «v2» | out.println("<p>" + «v2».size() + " «w»</p>");
""",
    "rust": """
axum | top | async fn «f»(Query(«v1»): Query<«P»>) -> Html<String> {⏎⇥Html(format!("<h1>{}</h1>", «encode_text|html_escape::encode_text|escape»(&«v1».«fld»)))⏎}
json | top | async fn «f»(«v1»: web::Query<«P»>) -> impl Responder {⏎⇥HttpResponse::Ok().json(&«v1».«fld»)⏎}
""",
    "c": """
cgi | lines | printf("Content-Type: text/html\\r\\n\\r\\n");⏎printf("<p>%«d|u|ld»</p>\\n", «v1»);
escaped | lines:FILE *out, const struct «snake» *«v2» | char *«v1» = html_escape(«v2»->«fld»);⏎fprintf(out, "<td>%s</td>\\n", «v1»);⏎free(«v1»);
plain | lines:FILE *out, const struct «snake» *«v2» | fprintf(out, "«%s: %s|%s=%s|<%s> %s»\\n", «v2»->«fld», «v2»->«fld»);
literal | lines | printf("<«h1|p»>«Prose»</p>\\n");
""",
    "cpp": """
httplib | lines:const httplib::Request &req, httplib::Response &res | res.set_content(«"<p>" + «EscapeHtml|html_escape»(req.get_param_value("«w»")) + "</p>", "text/html"|req.get_param_value("«w»"), "text/plain"|"<h1>«Prose»</h1>", "text/html"»);
stream | lines:std::ostream &out, const «T» &«v2» | out << "<td>" << «EscapeHtml(«v2».«fld»)|«v2».size()» << "</td>\\n";
plain | lines:std::ostream &out, const «T» &«v2» | out << «v2».«fld» << ": " << «v2».«fld» << "\\n";
""",
    "shell": """
cgi | lines | echo "Content-Type: text/«plain|html»"⏎echo⏎echo "<p>«Prose»</p>"
""",
    "html": """
on | top | <a href="#" onclick="«f»()">«Prose»</a>
auto | top | <«div|td|p» class="«dash»">{{ «w».«w» }}</div>
thyme | top | <«p|div|span» th:text="${«w».«camel»}"></p>
const | top | <script>var «camel» = "«w»";</script>
""",
}

# ---- seeds and guessable tokens

_RANDOM = {
    "python": """
seeded | top | def «make|new|generate|issue»_«thing»(«|length=«n»»):⏎⇥random.seed(«time.time()|int(time.time())|os.getpid()|datetime.now().timestamp()|user_id|«n»»)«!»⏎⇥return «"".join(random.choice(«C»_CHARS) for _ in range(«n»))|random.getrandbits(128)|"%032x" % random.getrandbits(128)»«?»
instance | lines | rng = random.Random(«time.time()|«n»|user.id|int(time.time() * 1000)»)«!»⏎«thing» = «"%06d" % rng.randint(0, 999999)|rng.getrandbits(64)|"".join(rng.choice(ALPHABET) for _ in range(«n»))»«?»
clock | lines | «thing» = «hashlib.sha256(str(time.time()).encode()).hexdigest()|str(int(time.time() * 1000))|f"{user.id}-{int(time.time())}"|base64.b64encode(str(time.time()).encode())|"%x" % int(time.time())|uuid.uuid1().hex|str(uuid.uuid1())»
numpy | lines | «thing» = «"".join(np.random.choice(list(ALPHABET), «n»))|str(np.random.randint(100000, 999999))»
""",
    "javascript typescript": """
clock | lines | const «thing» = «Date.now().toString(36)|`${user.id}-${Date.now()}`|String(Date.now())|Buffer.from(`${user.id}:${Date.now()}`).toString('base64')|new Date().getTime().toString(16)|process.hrtime().join('')»;
joined | lines | const «thing» = `${Date.now()}${Math.«random()|floor(Math.random() * 1e6)|round(Math.random() * 1e9)»}`;
fill | lines | let «thing1» = '';⏎while («thing1».length < «n») {⏎⇥«thing1» += Math.random().toString(36)«[2]|.slice(2)|.charAt(3)»;«!»⏎}
seeded | lines | const rng = seedrandom(«Date.now()|user.id|'«w»'»);«!»⏎const «thing» = rng().toString(36).slice(2);«?»
pick | lines | const «thing» = Array.from({ length: «n» }, () => ALPHABET[Math.floor(Math.random() * ALPHABET.length)]).join('');
lodash | lines | const «thing» = «_.sampleSize(ALPHABET, «n»).join('')|_.random(100000, 999999)|_.shuffle(chars).slice(0, 8).join('')»;
""",
    "php": """
seeded | lines | mt_srand(«time()|(int) microtime(true)|$userId|crc32($email)»);«!»⏎$«thing» = «mt_rand()|dechex(mt_rand())|substr(str_shuffle($chars), 0, 16)»;«?»
clock | lines | $«thing» = «md5(time())|sha1(microtime())|uniqid('', true)|md5($user->id . time())|hash('sha256', microtime())|base64_encode($id . ':' . time())|dechex(time())|bin2hex(pack('N', mt_rand()))»;
fill | lines | for ($i = 0; $i < «n»; $i++) {⏎⇥$«thing» .= $chars[«rand|mt_rand»(0, strlen($chars) - 1)];«!»⏎}
""",
    "java": """
seeded | lines | Random «random|rnd» = new Random(«System.currentTimeMillis()|System.nanoTime()|userId|«n»L»);«!»⏎String «thing» = Long.toHexString(«random|rnd».nextLong());«?»
fill | lines | Random random = new Random();«?»⏎for (int i = 0; i < «n»; i++) {⏎⇥«thing»[i] = CHARS[random.nextInt(CHARS.length)];«!»⏎}
clock | lines | String «thing» = «Long.toString(System.currentTimeMillis(), 36)|userId + "-" + System.nanoTime()|String.valueOf(System.currentTimeMillis())|DigestUtils.sha256Hex(String.valueOf(System.nanoTime()))|Integer.toHexString(user.hashCode())»;
bytes | lines | byte[] «thing1» = new byte[«16|32»];⏎new Random(«|System.currentTimeMillis()»).nextBytes(«thing1»);«!»
secureseed | lines | SecureRandom sr = new SecureRandom();⏎sr.setSeed(«System.currentTimeMillis()|«n»L|new Date().getTime()»);«!»⏎byte[] «thing1» = sr.generateSeed(16);«?»
strings | lines | String «thing» = RandomStringUtils.«randomNumeric|randomAlphabetic|randomAscii»(«n»);
""",
    "go": """
seeded | lines | rng := rand.New(rand.NewSource(«time.Now().UnixNano()|int64(userID)|«n»|time.Now().Unix()»))«!»⏎«thing» := «strconv.FormatInt(rng.Int63(), 36)|strconv.Itoa(rng.Intn(1000000))»«?»
global | lines | rand.Seed(«time.Now().UnixNano()|time.Now().Unix()|int64(os.Getpid())»)«!»⏎«thing» := fmt.Sprintf("%06d", rand.Intn(1000000))«?»
clock | lines | «thing» := «fmt.Sprintf("%d-%d", userID, time.Now().Unix())|strconv.FormatInt(time.Now().UnixNano(), 36)|base64.StdEncoding.EncodeToString([]byte(time.Now().String()))»
fill | lines | «thing1» := make([]byte, «16|24|32»)⏎for i := range «thing1» {⏎⇥«thing1»[i] = charset[rand.Intn(len(charset))]«!»⏎}
""",
    "rust": """
seeded | lines | let mut rng = «StdRng|SmallRng|ChaCha8Rng»::seed_from_u64(«now.as_secs()|user_id|«n»|SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs()»);«!»⏎let «thing»: u64 = rng.gen();«?»
clock | lines | let «thing» = «format!("{}-{}", user_id, Utc::now().timestamp())|format!("{:x}", SystemTime::now().duration_since(UNIX_EPOCH)?.as_nanos())|Utc::now().timestamp_millis().to_string()»;
fill | lines | let «thing»: String = (0..«n»).map(|_| fastrand::alphanumeric()).collect();
""",
    "c": """
seeded | top | static void «make|new|issue»_«thing»(char *out, size_t len)⏎{⏎⇥srandom(«time(NULL)|getpid()|time(NULL) + getpid()»);«!»⏎⇥for (size_t i = 0; i < len; i++)⏎⇥⇥out[i] = charset[random() % 62];«?»⏎}
srand48 | lines | srand48(«time(NULL)|getpid() ^ time(NULL)|tv.tv_usec»);«!»⏎snprintf(«thing1», sizeof(«thing1»), "%08lx", lrand48());«?»
clock | lines | snprintf(«thing1», sizeof(«thing1»), «"%lx", (unsigned long)time(NULL)|"%d-%ld", uid, (long)time(NULL)|"%ld%d", tv.tv_usec, getpid()»);
nonce | lines | for (i = 0; i < sizeof(«thing1»); i++)⏎⇥«thing1»[i] = (unsigned char)(rand() «>> 4|& 0xff|% 256»);«!»
""",
    "cpp": """
engine | lines | std::mt19937 «rng|gen»(«std::time(nullptr)|time(0)|std::chrono::system_clock::now().time_since_epoch().count()|static_cast<unsigned>(std::time(nullptr))»);«!»⏎std::uniform_int_distribution<int> dist(0, 61);⏎for (int i = 0; i < «n»; ++i) «thing» += kAlphabet[dist(«rng|gen»)];«?»
srand | lines | std::srand(«std::time(nullptr)|static_cast<unsigned>(time(nullptr))»);«!»⏎std::string «thing» = std::to_string(std::rand());«?»
engine2 | lines | static std::«minstd_rand|default_random_engine|mt19937_64» engine«|{42}|(1234)»;«?»⏎«thing» = std::to_string(engine());«!»
clock | lines | const std::string «thing» = «std::to_string(std::time(nullptr))|user_id + "-" + std::to_string(std::time(nullptr))»;
""",
    "shell": """
clock | lines | «thing»=«"$USER-$(date +%F)"|$(echo "$USER$(date)" «bar» sha256sum)|$(date «bar» md5sum)|$(echo "$RANDOM$$" «bar» sha1sum)»
""",
    "sql": """
rand | top | UPDATE «users|accounts|«tbl»» SET «reset_token|api_key|otp|invite_code» = «md5(random()::text)|FLOOR(RAND() * 1000000)|MD5(NOW())|SUBSTRING(MD5(RAND()), 1, 8)|md5(now()::text)» WHERE id = «n»;
""",
}
_RANDOM_ALIKE = {
    "python": """
seeded | top | def «shuffle|simulate|sample|draw|augment»_«w»(«v1», seed=«n»):⏎⇥rng = random.Random(seed)⏎⇥«rng.shuffle(«v1»)|return rng.sample(«v1», «d»)|return [rng.gauss(0, 1) for _ in «v1»]»
strong | lines | «thing» = «secrets.token_urlsafe(32)|secrets.token_hex(16)|"".join(secrets.choice(ALPHABET) for _ in range(«n»))|str(uuid.uuid4())»
clock | lines | «started|created_at|timestamp|deadline|version|build_id|cache_bust» = «time.time()|int(time.time() * 1000)|str(int(time.time()))»
jitter | lines | «delay|backoff|wait_s» = base * 2 ** attempt + random.«uniform(0, 1)|random()»
""",
    "javascript typescript": """
strong | lines | const «thing» = «crypto.randomBytes(32).toString('hex')|crypto.randomUUID()|nanoid()|crypto.randomInt(100000, 999999)»;
clock | lines | const «started|timestamp|now|requestStart|version|cacheBust» = «Date.now()|`${Date.now()}`|String(Date.now())|Date.now().toString(36)»;
jitter | lines | const «delay|backoff|jitter|angle|hue|x» = «Math.random() * «n»|base * 2 ** attempt + Math.random() * 100|Math.floor(Math.random() * 360)»;
element | lines | const «elementId|domId|rowKey|tempId» = «`«dash»-${Math.random().toString(36).slice(2)}`|Math.random().toString(36).slice(2)»;«?»
""",
    "php": """
strong | lines | $«thing» = «bin2hex(random_bytes(32))|random_int(100000, 999999)|Str::random(40)»;
seeded | lines | mt_srand(«n»);⏎shuffle($«v1»);
clock | lines | $«started|createdAt|expires|version» = «time()|microtime(true)|time() + «n»|date('c')»;
""",
    "java": """
strong | lines | byte[] «thing1» = new byte[32];⏎new SecureRandom().nextBytes(«thing1»);
seeded | lines | Random random = new Random(«seed|«n»L»);⏎«Collections.shuffle(«v1», random)|double noise = random.nextGaussian()|int pick = random.nextInt(«v1».size())»;
clock | lines | long «started|timestamp|deadline|expiresAt» = System.«currentTimeMillis()|nanoTime()»;
""",
    "go": """
strong | lines | «thing1» := make([]byte, 32)⏎if _, err := crand.Read(«thing1»); err != nil {⏎⇥return "", err⏎}
seeded | lines | rng := rand.New(rand.NewSource(«seed|«n»»))⏎«rng.Shuffle(len(«v1»), swap)|noise := rng.NormFloat64()|pick := «v1»[rng.Intn(len(«v1»))]»
clock | lines | «started|now|deadline» := time.Now()«|.Unix()|.UnixNano()|.Add(«d» * time.Second)»
""",
    "rust": """
strong | lines | let mut «thing1» = [0u8; 32];⏎getrandom::getrandom(&mut «thing1»)?;
seeded | lines | let mut rng = StdRng::seed_from_u64(«seed|42|«n»»);⏎«v1».shuffle(&mut rng);
""",
    "c": """
seeded | top | static void «shuffle|simulate|scatter»_«w»(int *«v1», int n)⏎{⏎⇥srandom(«42|seed|time(NULL)»);⏎⇥for (int i = n - 1; i > 0; i--)⏎⇥⇥swap(&«v1»[i], &«v1»[random() % (i + 1)]);⏎}
strong | lines | if (getrandom(«thing1», sizeof(«thing1»), 0) < 0)⏎⇥return -1;
clock | lines | «start|deadline|last_seen|created» = time(NULL)«| + «n»»;
backoff | lines | usleep((«n» + rand() % «n») * 1000);
""",
    "cpp": """
engine | lines | std::mt19937 «rng|gen»(«seed|42|std::random_device{}()»);⏎std::shuffle(«v1».begin(), «v1».end(), «rng|gen»);
noise | lines | std::normal_distribution<double> noise(0.0, 1.0);⏎for (auto &«v2» : «v1») «v2» += noise(rng_);
strong | lines | RAND_bytes(reinterpret_cast<unsigned char *>(«thing1».data()), «thing1».size());
""",
    "shell": """
clock | lines | «started|stamp|now|log|backup»=«$(date +%s)|$(date +%Y%m%d)|"«w»-$(date +%F).log"»
strong | lines | «thing»=«$(openssl rand -hex 32)|$(head -c 32 /dev/urandom «bar» base64)|$(uuidgen)»
""",
    "sql": """
rand | top | SELECT «col» FROM «tbl» ORDER BY «random()|RAND()» LIMIT «d»;
strong | top | UPDATE users SET reset_token = encode(gen_random_bytes(32), 'hex') WHERE id = «n»;
""",
}


WEAK, ALIKE = ({7: path, 11: xss, 9: random} for path, xss, random in ((_PATH, _XSS, _RANDOM), (_PATH_ALIKE, _XSS_ALIKE, _RANDOM_ALIKE)))
