# SPDX-License-Identifier: Apache-2.0
"""Weak lines in the shapes of servers, frameworks, command-line tools and their plugins: handlers, middleware, archives, helpers of a
store, wrappers, parsers of packets. Training only; rows as in natural.py, each weak one with a harmless twin of the same shape."""
import re

_NAMES = {
    "file": "filename name file fname rel slug".split(), "root": "root base dir folder docroot storage".split(), "full": "full filepath target location abs dst".split(),
    "sql": "sql query q stmt statement".split(), "tok": "token key sid nonce code secret".split(), "buf": "buf buffer line tmp str".split(),
    "e": "err e error ex".split(), "db": "db conn pool client".split(), "ent": "entry member item header".split(),
    "dest": "dest target outdir output".split(), "cb": "cb callback done next".split(), "cmd": "cmd command cmdline line".split(), "val": "value val text s".split(),
    "pkt": "pkt data msg frame p".split(), "id": "id uid name email login".split(), "pw": "password raw pwd passwd".split(),
    "o": "options opts config settings".split(),
}


def _Written(tables):
    """The tables with names out of the lists put in, the same one in the whole row; a row with names makes two rows."""
    out = {}
    for languages, text in tables.items():
        rows = []
        for i, line in enumerate(text.strip("\n").split("\n")):
            rows += dict.fromkeys(re.sub(r"§(\w+)§", lambda m, k=k: _NAMES[m.group(1)][k % len(_NAMES[m.group(1)])], line) for k in (i, 2 * i + 1))
        out[languages] = "\n".join(rows)
    return out


# ---- path traversal
_PATH = {"javascript typescript": r"""static | top | http.createServer(«function (req, res) {|(req, res) => {»⏎⇥const §file§ = url.parse(req.url).pathname;⏎⇥«fs.readFile(path.join(__dirname, 'public', §file§), (§e§, data) => {|fs.readFile('./public' + §file§, function (§e§, data) {»«!»⏎⇥⇥if (§e§) {⏎⇥⇥⇥res.writeHead(404);⏎⇥⇥⇥return res.end('Not found');⏎⇥⇥}⏎⇥⇥res.end(data);⏎⇥});⏎}).listen(«n»);
upload | lines:req, res | const §full§ = path.join(«uploadDir|this.root|config.uploads|'uploads'», req.«body.filename|files.file.name|query.name|headers['x-file-name']»);⏎«fs.writeFileSync(§full§, req.files.file.data)|fs.createWriteStream(§full§).end(req.body)|fs.rename(req.files.file.path, §full§, err => res.sendStatus(err ? 500 : 200))|req.pipe(fs.createWriteStream(§full§))»;«!»
zip | lines:zip, §dest§ | zip.«getEntries()|entries»«.filter(e => !e.isDirectory)|».forEach(function (§ent§) {⏎⇥«const|var» out = path.«join|resolve»(§dest§, §ent§.«entryName|path|fileName»);⏎⇥«mkdirp.sync|fs.ensureDirSync»(path.dirname(out));⏎⇥fs.writeFileSync(out, §ent§.getData());«!»⏎});
unzipper | lines:«v1», §dest§ | return fs.createReadStream(«v1»)⏎⇥.pipe(«unzipper|unzip».Parse())⏎⇥.on('entry', (§ent§) => {⏎⇥⇥§ent§.pipe(fs.createWriteStream(§dest§ + '/' + §ent§.path));«!»⏎⇥});
yauzl | lines:zipfile, §ent§, §dest§ | zipfile.openReadStream(§ent§, (§e§, stream) => {⏎⇥if (§e§) throw §e§;⏎⇥const §full§ = path.join(§dest§, §ent§.fileName);⏎⇥stream.pipe(fs.createWriteStream(§full§));«!»⏎});
sendfile | top | «router|app|server».get('/«w»/:§file§', «async |»(req, res) => {⏎⇥«res.sendFile(`${«C»_DIR}/${decodeURIComponent(req.params.§file§)}`)|res.download(path.resolve(«C»_DIR, req.query.§file§))|fs.createReadStream(path.join(«C»_DIR, req.query.§file§)).pipe(res)»;«!»⏎});
koa | top | module.exports = (§root§) => async (ctx, next) => {⏎⇥if (ctx.method !== 'GET') return next();⏎⇥«ctx.body = fs.createReadStream(path.join(§root§, decodeURIComponent(ctx.path)))|ctx.body = await fs.promises.readFile(§root§ + ctx.path)»;«!»⏎⇥ctx.type = path.extname(ctx.path);⏎};
cache | top | class «T»Cache {⏎⇥constructor(§root§) {⏎⇥⇥this.§root§ = §root§;⏎⇥}⏎⏎⇥«async |»get(key) {⏎⇥⇥return «JSON.parse(fs.readFileSync(path.join(this.§root§, key + '.json'), 'utf8'))|await fs.promises.readFile(`${this.§root§}/${key}`)»;«!»⏎⇥}⏎}
template | lines:req, res | «const|let» tpl = 'views/' + (req.query.«page|view|lang» «bar»«bar» 'index') + '.html';⏎fs.readFile(tpl, 'utf8', (§e§, src) => {«!»⏎⇥if (§e§) return res.status(404).end();⏎⇥res.send(render(src));⏎});
remove | lines:req, res | «const|let» { §file§ } = req.«body|params|query»;⏎fs.«unlink|rm|unlinkSync»(«`./uploads/${§file§}`|path.join(__dirname, '../uploads', §file§)», (§e§) => {«!»⏎⇥res.json({ ok: !§e§ });⏎});
plugin | lines:req | «const|var» «camel1» = require('./«plugins|handlers|locales|themes»/' + req.«query|params|body».«w»);«!»⏎return «camel1».run(req);
""", "python": r"""handler | top | class «T»(BaseHTTPRequestHandler):⏎⇥def do_GET(self):⏎⇥⇥§full§ = «os.path.join(«C», self.path.lstrip("/"))|"./static" + unquote(self.path)|os.getcwd() + self.path»⏎⇥⇥with open(§full§, "rb") as f:«!»⏎⇥⇥⇥self.send_response(200)⏎⇥⇥⇥self.end_headers()⏎⇥⇥⇥self.wfile.write(f.read())
flask | top | @«app|bp|api».route("/«w»/<path:§file§>")⏎def «f»(§file§):⏎⇥return send_file(os.path.join(«app.config["UPLOAD_FOLDER"]|«C»_DIR|current_app.root_path», §file§))«!»
flaskup | top | @«app|bp».route("/«w»", methods=["POST"])⏎def upload():⏎⇥f = request.files["«key»"]⏎⇥f.save(os.path.join(«app.config["UPLOAD_FOLDER"]|«C»_DIR», f.filename))«!»⏎⇥return «redirect("/")|"ok"»
django | top | def «download|serve|attachment»(request, §file§):⏎⇥§full§ = os.path.join(settings.MEDIA_ROOT, request.GET.get("«key»", §file§))⏎⇥«return FileResponse(open(§full§, "rb"))|response = HttpResponse(open(§full§).read())|data = file(§full§).read()»«!»
tornado | top | class «T»(«tornado.web|web».RequestHandler):⏎⇥def get(self, §file§):⏎⇥⇥with open(«self.settings["root"] + "/" + §file§|os.path.join(self.root, self.get_argument("file"))|"data/%s" % §file§») as f:«!»⏎⇥⇥⇥self.write(f.read())
aiohttp | top | async def «f»(request):⏎⇥§file§ = request.«match_info["name"]|query["file"]|rel_url.query.get("path")»⏎⇥return web.FileResponse(«C»_DIR / §file§)«!»
zip | lines:archive, §dest§ | zf = zipfile.ZipFile(archive)⏎for §ent§ in zf.namelist():⏎⇥§full§ = os.path.join(§dest§, §ent§)⏎⇥«with open(§full§, "wb") as out:«!»⏎⇥⇥out.write(zf.read(§ent§))|open(§full§, "wb").write(zf.read(§ent§))«!»»
tar | lines:archive, §dest§ | «with tarfile.open(archive, "r:*") as tar:⏎⇥tar.extractall(§dest§)|tar = tarfile.open(archive)⏎tar.extractall(path=§dest§)|with tarfile.open(fileobj=io.BytesIO(archive)) as tar:⏎⇥for §ent§ in tar.getmembers():⏎⇥⇥tar.extract(§ent§, §dest§)»«!»
cache | top | class «T»(object):⏎⇥def __init__(self, §root§):⏎⇥⇥self.§root§ = §root§⏎⏎⇥def get(self, key):⏎⇥⇥«return open("%s/%s" % (self.§root§, key), "rb").read()|return (Path(self.§root§) / key).read_bytes()»«!»
cgi | lines | form = cgi.FieldStorage()⏎item = form["«key»"]⏎«open("«path»/" + item.filename, "wb").write(item.file.read())|with open(os.path.join("«path»", item.filename), "wb") as f:«!»⏎⇥shutil.copyfileobj(item.file, f)|shutil.copyfileobj(item.file, open(UPLOADS + item.filename, "wb"))»
attach | lines:msg, §dest§ | for part in msg.walk():⏎⇥§file§ = part.get_filename()⏎⇥if §file§:⏎⇥⇥«open(os.path.join(§dest§, §file§), "wb").write(part.get_payload(decode=True))|with open(§dest§ + "/" + §file§, "wb") as f:«!»⏎⇥⇥⇥f.write(part.get_payload(decode=True))»
""", "php": r"""include | lines | $page = isset($_GET['«w1»']) ? $_GET['«w1»'] : 'home';⏎«include|require|include_once|require_once»«('pages/' . $page . '.php')| "modules/{$page}/index.php"| dirname(__FILE__) . '/lang/' . $page . '.php'»;«!»
download | lines | $§file§ = $_«GET|REQUEST»['«key»'];⏎header('Content-Type: application/octet-stream');⏎header('Content-Disposition: attachment; filename="' . basename($§file§) . '"');⏎«readfile('«uploads|files|backup»/' . $§file§)|echo file_get_contents(UPLOAD_PATH . $§file§)|fpassthru(fopen($this->root . '/' . $§file§, 'rb'))»;«!»⏎exit;
upload | lines | $§full§ = «'uploads/'|$upload_dir . '/'|UPLOAD_DIR» . $_POST['«name|path|folder»'];⏎«if (move_uploaded_file($_FILES['file']['tmp_name'], $§full§)) {|if (!@copy($_FILES['file']['tmp_name'], $§full§)) {»«!»⏎⇥echo 'done';⏎}
zip | lines:$archive, $§dest§ | $zip = new ZipArchive();⏎$zip->open($archive);⏎for ($i = 0; $i < $zip->numFiles; $i++) {⏎⇥$name = $zip->getNameIndex($i);⏎⇥file_put_contents($§dest§ . '/' . $name, $zip->getFromIndex($i));«!»⏎}
laravel | top | class «T»Controller extends Controller⏎{⏎⇥public function «show|download»(Request $request)⏎⇥{⏎⇥⇥return «response()->download(storage_path('app/' . $request->input('«key»')))|response()->file(public_path($request->get('«key»')))|File::get(base_path('docs/' . $request->page . '.md'))»;«!»⏎⇥}⏎}
unlink | lines | if (isset($_«GET|POST»['delete'])) {⏎⇥«@unlink|unlink»(«$this->cacheDir . '/'|'uploads/'|ABSPATH . 'backups/'» . $_«GET|POST»['delete']);«!»⏎}
wpajax | top | add_action('wp_ajax_«snake1»', function () {⏎⇥$§file§ = WP_CONTENT_DIR . '/«w»/' . $_«POST|GET|REQUEST»['«w»'];⏎⇥echo file_get_contents($§file§);«!»⏎⇥wp_die();⏎});
tplclass | top | class Template⏎{⏎⇥public function render($name, array $vars = [])⏎⇥{⏎⇥⇥extract($vars, EXTR_SKIP);⏎⇥⇥ob_start();⏎⇥⇥include $this->dir . '/' . $_GET['theme'] . '/' . $name . '.phtml';«!»⏎⇥⇥return ob_get_clean();⏎⇥}⏎}
""", "java": r"""servlet | top | protected void doGet(HttpServletRequest req, HttpServletResponse resp) throws IOException {⏎⇥String §file§ = req.«getPathInfo()|getParameter("«key»")»;⏎⇥File file = new File(«baseDir|«C»_DIR|getServletContext().getRealPath("/files")», §file§);«?»⏎⇥«Files.copy(file.toPath(), resp.getOutputStream())|IOUtils.copy(new FileInputStream(file), resp.getOutputStream())|FileUtils.copyFile(file, resp.getOutputStream())»;«!»⏎}
zip | lines:ZipInputStream zis, File §dest§ | ZipEntry entry;⏎while ((entry = zis.getNextEntry()) != null) {⏎⇥try (OutputStream os = new FileOutputStream(new File(§dest§, entry.getName()))) {«!»⏎⇥⇥zis.transferTo(os);⏎⇥}⏎}
zipfile | lines:ZipFile zip, Path §dest§ | for (ZipEntry entry : Collections.list(zip.entries())) {⏎⇥Path §full§ = §dest§.resolve(entry.getName());⏎⇥«Files.copy(zip.getInputStream(entry), §full§, StandardCopyOption.REPLACE_EXISTING)|Files.write(§full§, zip.getInputStream(entry).readAllBytes())»;«!»⏎}
tar | lines:TarArchiveInputStream tar, File §dest§ | TarArchiveEntry entry = tar.getNextTarEntry();⏎File out = new File(§dest§, entry.getName());⏎out.getParentFile().mkdirs();⏎«IOUtils.copy(tar, new FileOutputStream(out))|FileOutputStream fos = new FileOutputStream(out)»;«!»
spring | top | @PostMapping("/«w»")⏎public String upload(@RequestParam("file") MultipartFile file) throws IOException {⏎⇥«file.transferTo(new File(uploadDir + "/" + file.getOriginalFilename()))|Files.write(Paths.get(uploadDir, file.getOriginalFilename()), file.getBytes())|Files.copy(file.getInputStream(), root.resolve(file.getOriginalFilename()))»;«!»⏎⇥return "redirect:/";⏎}
resource | top | @GetMapping("/«w»/{name:.+}")⏎public ResponseEntity<Resource> «f»(@PathVariable String name) throws Exception {⏎⇥return ResponseEntity.ok(new «FileSystemResource("«path»/" + name)|UrlResource(root.resolve(name).toUri())|InputStreamResource(new FileInputStream(root + "/" + name))»);«!»⏎}
fileupload | lines:HttpServletRequest request, ServletFileUpload upload | for (FileItem item : upload.parseRequest(request)) {⏎⇥if (!item.isFormField()) {⏎⇥⇥item.write(new File(«uploadPath + File.separator + item.getName()|uploadDir, item.getName()»));«!»⏎⇥}⏎}
""", "go": r"""serve | top | func «f»(w http.ResponseWriter, r *http.Request) {⏎⇥«http.ServeFile(w, r, "«path»/"+r.URL.Query().Get("«w»"))|data, err := ioutil.ReadFile("." + r.URL.Path)|data, err := os.ReadFile(filepath.Join(root, r.FormValue("«w»")))|f, err := os.Open(*dir + r.URL.Query().Get("file"))|http.ServeFile(w, r, filepath.Join("static", mux.Vars(r)["name"]))»«!»⏎⇥log.Println(r.Method, r.URL)⏎}
zip | lines:r *zip.ReadCloser, §dest§ string | for _, f := range r.File {⏎⇥§full§ := «filepath.Join(§dest§, f.Name)|path.Join(§dest§, f.Name)|§dest§ + "/" + f.Name»⏎⇥«out, err := os.OpenFile(§full§, os.O_WRONLY«bar»os.O_CREATE«bar»os.O_TRUNC, f.Mode())|out, err := os.Create(§full§)»«!»⏎⇥if err != nil {⏎⇥⇥return err⏎⇥}⏎⇥rc, _ := f.Open()⏎⇥io.Copy(out, rc)⏎}
tar | lines:tr *tar.Reader, §dest§ string | for {⏎⇥hdr, err := tr.Next()⏎⇥if err == io.EOF {⏎⇥⇥break⏎⇥}⏎⇥f, err := os.Create(filepath.Join(§dest§, hdr.Name))«!»⏎⇥if err != nil {⏎⇥⇥return err⏎⇥}⏎⇥io.Copy(f, tr)⏎}
gin | top | r.«GET|POST»("/«w»", func(c *gin.Context) {⏎⇥«c.File("./data/" + c.Query("name"))|file, _ := c.FormFile("file")⏎⇥c.SaveUploadedFile(file, "uploads/"+c.PostForm("name"))|os.Remove(filepath.Join("data", c.Param("name")))»«!»⏎⇥c.Status(200)⏎})
store | top | func (s *«T») Get(key string) ([]byte, error) {⏎⇥return «ioutil.ReadFile(filepath.Join(s.dir, key))|os.ReadFile(s.dir + "/" + key + ".json")|os.ReadFile(fmt.Sprintf("%s/%s", s.root, key))»«!»⏎}
""", "ruby": r"""rails | top | class «T»Controller < ApplicationController⏎⇥def «show|download»⏎⇥⇥«send_file Rails.root.join("uploads", params[:«snake1»])|send_file "#{Rails.root}/public/#{params[:«snake1»]}", disposition: "attachment"|render file: "app/views/pages/#{params[:«snake1»]}"|render plain: File.read(File.join("docs", params[:«snake1»]))»«!»⏎⇥end⏎end
sinatra | top | get "/«w»/*" do⏎⇥«send_file File.join(settings.root, params[:splat].first)|File.read("data/#{params[:splat].first}")»«!»⏎end
zip | lines:archive, §dest§ | Zip::File.open(archive) do |zip|⏎⇥zip.each do |§ent§|⏎⇥⇥§ent§.extract(File.join(§dest§, §ent§.name)) { true }«!»⏎⇥end⏎end
upload | lines | upload = params[:file]⏎«File.open(File.join("public/uploads", upload.original_filename), "wb") { «bar»f«bar» f.write(upload.read) }|FileUtils.mv(upload.path, "#{UPLOAD_DIR}/#{upload.original_filename}")|IO.binwrite("tmp/" + upload[:filename], upload[:tempfile].read)»«!»
rack | top | class «T»⏎⇥def call(env)⏎⇥⇥path = File.join(@root, Rack::Utils.unescape(env["PATH_INFO"]))⏎⇥⇥«[200, {}, [File.read(path)]]|body = File.open(path, "rb")»«!»⏎⇥end⏎end
""", "rust": r"""actix | top | async fn «f»(«req: HttpRequest, |»name: web::Path<String>) -> Result<NamedFile> {⏎⇥Ok(NamedFile::open(«format!("./static/{}", name)|Path::new(ROOT).join(name.as_str())|PathBuf::from("uploads").join(&*name)»)?)«!»⏎}
zip | lines:archive: &mut ZipArchive<File>, §dest§: &Path | for i in 0..archive.len() {⏎⇥let mut file = archive.by_index(i)?;⏎⇥let outpath = §dest§.join(file.name());⏎⇥let mut outfile = «fs::|»File::create(&outpath)?;«!»⏎⇥io::copy(&mut file, &mut outfile)?;⏎}
hyper | lines:req: Request<Body>, §root§: &str | let path = format!("{}{}", §root§, req.uri().path());⏎«match tokio::fs::read(&path).await {|match std::fs::read(&path) {»«!»⏎⇥Ok(data) => Response::new(Body::from(data)),⏎⇥Err(_) => not_found(),⏎}
""", "csharp": r"""mvc | top | public «IActionResult|ActionResult» Download(string fileName)⏎{⏎⇥var path = Path.Combine(«_env.WebRootPath|Server.MapPath("~/App_Data")|_root», fileName);⏎⇥«return PhysicalFile(path, "application/octet-stream")|return File(System.IO.File.ReadAllBytes(path), "application/pdf")|var bytes = System.IO.File.ReadAllBytes(path)»;«!»⏎}
upload | lines:IFormFile file | var path = Path.Combine(«_env.WebRootPath, "uploads"|_uploads», file.FileName);⏎using (var stream = «new FileStream(path, FileMode.Create)|System.IO.File.Create(path)»)«!»⏎{⏎⇥file.CopyTo(stream);⏎}
zip | lines:ZipArchive archive, string §dest§ | foreach (ZipArchiveEntry entry in archive.Entries)⏎{⏎⇥entry.ExtractToFile(Path.Combine(§dest§, entry.FullName)«, true|»);«!»⏎}
""", "c cpp": r"""httpd | lines:int fd, const char *uri | char path[«256|512|1024|PATH_MAX»];⏎snprintf(path, sizeof(path), "%s%s", docroot, uri);⏎«int in = open(path, O_RDONLY)|FILE *fp = fopen(path, "rb")»;«!»
tftp | lines:struct «snake» *req, const char *«v1» | char path[512];⏎snprintf(path, sizeof(path), "%s/%s", «rootdir|conf.root|TFTP_DIR», «v1»);⏎«req->fp = fopen(path, "rb");|req->fd = open(path, O_RDONLY);»«!»
""", "shell": r"""cgi | top | #!/bin/sh⏎echo "Content-type: text/plain"⏎echo⏎«cat "/var/www/files/$QUERY_STRING"|cat "$DOCROOT/$PATH_INFO"|tail -n 100 "/var/log/${QUERY_STRING#file=}"»«!»
"""}
_PATH_ALIKE = {"javascript typescript": r"""static | top | http.createServer((req, res) => {⏎⇥const §full§ = path.join(ROOT, path.normalize(url.parse(req.url).pathname));⏎⇥if (!§full§.startsWith(ROOT + path.sep)) {⏎⇥⇥res.writeHead(403);⏎⇥⇥return res.end();⏎⇥}⏎⇥fs.readFile(§full§, (§e§, data) => {⏎⇥⇥res.end(§e§ ? 'Not found' : data);⏎⇥});⏎}).listen(«n»);
upload | lines:req, res | const §full§ = path.join(uploadDir, «path.basename(req.body.filename)|crypto.randomBytes(16).toString('hex')|req.file.filename|sanitize(req.files.file.name)»);⏎«fs.writeFileSync(§full§, req.files.file.data)|req.pipe(fs.createWriteStream(§full§))»;
zip | lines:zip, §dest§ | zip.getEntries().forEach(function (§ent§) {⏎⇥var out = path.resolve(§dest§, §ent§.entryName);⏎⇥if (out.indexOf(path.resolve(§dest§) + path.sep) !== 0) throw new Error('«prose»');⏎⇥fs.writeFileSync(out, §ent§.getData());⏎});
unzipper | lines:«v1», §dest§ | return fs.createReadStream(«v1»)⏎⇥.pipe(unzipper.Parse())⏎⇥.on('entry', (§ent§) => {⏎⇥⇥§ent§.pipe(fs.createWriteStream(path.join(§dest§, path.basename(§ent§.path))));⏎⇥});
yauzl | lines:stream, §ent§, §dest§ | if (path.relative(§dest§, path.join(§dest§, §ent§.fileName)).startsWith('..')) return;⏎const §full§ = path.join(§dest§, §ent§.fileName);⏎stream.pipe(fs.createWriteStream(§full§));
sendfile | top | router.get('/«w»/:§file§', (req, res) => {⏎⇥«res.sendFile(req.params.§file§, { root: «C»_DIR })|res.download(path.join(«C»_DIR, path.basename(req.params.§file§)))|res.sendFile(path.join(__dirname, 'public', 'index.html'))»;⏎});
koa | top | module.exports = (§root§) => async (ctx, next) => {⏎⇥if (ctx.method !== 'GET') return next();⏎⇥«await send(ctx, ctx.path, { root: §root§ })|ctx.body = fs.createReadStream(path.join(§root§, 'index.html'))»;⏎};
cache | top | class «T»Cache {⏎⇥constructor(§root§) {⏎⇥⇥this.§root§ = §root§;⏎⇥}⏎⏎⇥get(key) {⏎⇥⇥const name = crypto.createHash('sha256').update(key).digest('hex');⏎⇥⇥return fs.readFileSync(path.join(this.§root§, name), 'utf8');⏎⇥}⏎}
template | lines:req, res | const page = ['index', 'about', 'help'].includes(req.query.page) ? req.query.page : 'index';⏎fs.readFile('views/' + page + '.html', 'utf8', (§e§, src) => {⏎⇥res.send(render(src));⏎});
remove | lines:req, res | const §file§ = req.params.§file§;⏎if (!/^[\w-]+\.«ext»$/.test(§file§)) return res.sendStatus(400);⏎fs.unlink(path.join('uploads', §file§), (§e§) => res.json({ ok: !§e§ }));
plugin | lines:req | const «camel1» = «plugins[req.query.«w»] «bar»«bar» plugins.default|require('./plugins/' + pkg.main)|require(path.join(__dirname, 'plugins', 'index.js'))»;⏎return «camel1».run(req);
""", "python": r"""handler | top | class «T»(BaseHTTPRequestHandler):⏎⇥def do_GET(self):⏎⇥⇥§full§ = os.path.realpath(os.path.join(ROOT, self.path.lstrip("/")))⏎⇥⇥if not §full§.startswith(ROOT + os.sep):⏎⇥⇥⇥return self.send_error(403)⏎⇥⇥with open(§full§, "rb") as f:⏎⇥⇥⇥self.wfile.write(f.read())
flask | top | @app.route("/«w»/<path:§file§>")⏎def «f»(§file§):⏎⇥return «send_from_directory(app.config["UPLOAD_FOLDER"], §file§)|send_file(safe_join(app.config["UPLOAD_FOLDER"], §file§))|send_file(os.path.join("static", "index.html"))»
flaskup | top | @app.route("/«w»", methods=["POST"])⏎def upload():⏎⇥f = request.files["«key»"]⏎⇥f.save(os.path.join(app.config["UPLOAD_FOLDER"], «secure_filename(f.filename)|uuid.uuid4().hex + ".jpg"»))⏎⇥return "ok"
django | top | def download(request, pk):⏎⇥doc = get_object_or_404(«T», pk=pk)⏎⇥§full§ = os.path.join(settings.MEDIA_ROOT, «doc.file.name|os.path.basename(request.GET["«key»"])»)⏎⇥return FileResponse(open(§full§, "rb"))
tornado | top | class «T»(tornado.web.RequestHandler):⏎⇥def get(self, §file§):⏎⇥⇥if §file§ not in os.listdir("data"):⏎⇥⇥⇥raise tornado.web.HTTPError(404)⏎⇥⇥with open("data/%s" % §file§) as f:⏎⇥⇥⇥self.write(f.read())
aiohttp | top | async def «f»(request):⏎⇥§full§ = (ROOT / request.match_info["name"]).resolve()⏎⇥if ROOT not in §full§.parents:⏎⇥⇥raise web.HTTPForbidden()⏎⇥return web.FileResponse(§full§)
zip | lines:archive, §dest§ | zf = zipfile.ZipFile(archive)⏎for §ent§ in zf.namelist():⏎⇥§full§ = os.path.join(§dest§, os.path.basename(§ent§))⏎⇥with open(§full§, "wb") as out:⏎⇥⇥out.write(zf.read(§ent§))
tar | lines:archive, §dest§ | with tarfile.open(archive) as tar:⏎⇥«tar.extractall(§dest§, filter="data")|tar.add(§dest§, arcname=".")|for §ent§ in tar.getmembers():⏎⇥⇥if os.path.realpath(os.path.join(§dest§, §ent§.name)).startswith(os.path.realpath(§dest§) + os.sep):⏎⇥⇥⇥tar.extract(§ent§, §dest§)»
cache | top | class «T»(object):⏎⇥def __init__(self, §root§):⏎⇥⇥self.§root§ = §root§⏎⏎⇥def get(self, key):⏎⇥⇥name = hashlib.sha256(key.encode()).hexdigest()⏎⇥⇥return open(os.path.join(self.§root§, name), "rb").read()
cgi | lines | form = cgi.FieldStorage()⏎item = form["«key»"]⏎«open(os.path.join(UPLOADS, os.path.basename(item.filename)), "wb").write(item.file.read())|shutil.copyfileobj(item.file, tempfile.NamedTemporaryFile(delete=False))»
attach | lines:msg, §dest§ | for i, part in enumerate(msg.walk()):⏎⇥if part.get_filename():⏎⇥⇥with open(os.path.join(§dest§, "part-%d.bin" % i), "wb") as f:⏎⇥⇥⇥f.write(part.get_payload(decode=True))
""", "php": r"""include | lines | $pages = array('home', '«w»', '«w»');⏎$page = in_array($_GET['«w1»'], $pages, true) ? $_GET['«w1»'] : 'home';⏎«include|require|include_once» 'pages/' . $page . '.php';
download | lines | $§file§ = basename($_GET['«key»']);⏎header('Content-Type: application/octet-stream');⏎header('Content-Disposition: attachment; filename="' . $§file§ . '"');⏎«readfile('uploads/' . $§file§)|echo file_get_contents(UPLOAD_PATH . $§file§)»;⏎exit;
upload | lines | $§full§ = UPLOAD_DIR . '/' . «bin2hex(random_bytes(16)) . '.jpg'|basename($_FILES['file']['name'])|sanitize_file_name($_FILES['file']['name'])»;⏎if (move_uploaded_file($_FILES['file']['tmp_name'], $§full§)) {⏎⇥echo 'done';⏎}
zip | lines:$zip, $§dest§ | for ($i = 0; $i < $zip->numFiles; $i++) {⏎⇥$name = $zip->getNameIndex($i);⏎⇥if (strpos($name, '..') !== false «bar»«bar» $name[0] === '/') {⏎⇥⇥continue;⏎⇥}⏎⇥file_put_contents($§dest§ . '/' . $name, $zip->getFromIndex($i));⏎}
laravel | top | class «T»Controller extends Controller⏎{⏎⇥public function show(Request $request)⏎⇥{⏎⇥⇥return «response()->download(storage_path('app/' . basename($request->input('«key»'))))|Storage::disk('local')->download(Document::findOrFail($request->id)->path)»;⏎⇥}⏎}
unlink | lines | if (isset($_POST['delete'])) {⏎⇥«unlink('uploads/' . basename($_POST['delete']))|@unlink($this->cacheDir . '/' . md5($_POST['delete']))|unlink('uploads/' . (int) $_POST['delete'] . '.jpg')»;⏎}
wpajax | top | add_action('wp_ajax_«snake1»', function () {⏎⇥$§file§ = realpath(WP_CONTENT_DIR . '/«w1»/' . $_POST['«w»']);⏎⇥if ($§file§ === false «bar»«bar» strpos($§file§, WP_CONTENT_DIR . '/«w1»/') !== 0) {⏎⇥⇥wp_die();⏎⇥}⏎⇥echo file_get_contents($§file§);⏎});
tplclass | top | class Template⏎{⏎⇥public function render(array $vars = [])⏎⇥{⏎⇥⇥extract($vars, EXTR_SKIP);⏎⇥⇥ob_start();⏎⇥⇥include __DIR__ . '/views/«w».phtml';⏎⇥⇥return ob_get_clean();⏎⇥}⏎}
""", "java": r"""servlet | top | protected void doGet(HttpServletRequest req, HttpServletResponse resp) throws IOException {⏎⇥File file = new File(baseDir, req.getPathInfo()).getCanonicalFile();⏎⇥if (!file.getPath().startsWith(baseDir.getCanonicalPath() + File.separator)) {⏎⇥⇥resp.sendError(403);⏎⇥⇥return;⏎⇥}⏎⇥Files.copy(file.toPath(), resp.getOutputStream());⏎}
zip | lines:ZipInputStream zis, File §dest§ | ZipEntry entry;⏎while ((entry = zis.getNextEntry()) != null) {⏎⇥File out = new File(§dest§, new File(entry.getName()).getName());⏎⇥try (OutputStream os = new FileOutputStream(out)) {⏎⇥⇥zis.transferTo(os);⏎⇥}⏎}
zipfile | lines:ZipFile zip, Path §dest§ | for (ZipEntry entry : Collections.list(zip.entries())) {⏎⇥Path out = §dest§.resolve(entry.getName()).normalize();⏎⇥if (!out.startsWith(§dest§)) {⏎⇥⇥throw new IOException("«prose»");⏎⇥}⏎⇥Files.copy(zip.getInputStream(entry), out);⏎}
tar | lines:TarArchiveOutputStream tar, File source | for (File file : source.listFiles()) {⏎⇥tar.putArchiveEntry(new TarArchiveEntry(file, file.getName()));⏎⇥IOUtils.copy(new FileInputStream(file), tar);⏎⇥tar.closeArchiveEntry();⏎}
spring | top | @PostMapping("/«w»")⏎public String upload(@RequestParam("file") MultipartFile file) throws IOException {⏎⇥«file.transferTo(new File(uploadDir, UUID.randomUUID() + ".bin"))|Files.write(Paths.get(uploadDir, FilenameUtils.getName(file.getOriginalFilename())), file.getBytes())»;⏎⇥return "redirect:/";⏎}
resource | top | @GetMapping("/«w»/{id}")⏎public ResponseEntity<Resource> «f»(@PathVariable long id) throws Exception {⏎⇥return ResponseEntity.ok(new FileSystemResource("«path»/" + id + ".«ext»"));⏎}
fileupload | lines:HttpServletRequest request, ServletFileUpload upload | for (FileItem item : upload.parseRequest(request)) {⏎⇥if (!item.isFormField()) {⏎⇥⇥item.write(File.createTempFile("upload", ".tmp", uploadDir));⏎⇥}⏎}
""", "go": r"""serve | top | func «f»(w http.ResponseWriter, r *http.Request) {⏎⇥«http.ServeFile(w, r, filepath.Join(root, filepath.Base(r.FormValue("«w»"))))|http.ServeFile(w, r, "./static/index.html")|data, err := os.ReadFile(filepath.Join(root, filepath.Base(r.URL.Path)))|http.FileServer(http.Dir(root)).ServeHTTP(w, r)»⏎⇥log.Println(r.Method, r.URL)⏎}
zip | lines:r *zip.ReadCloser, §dest§ string | for _, f := range r.File {⏎⇥full := filepath.Join(§dest§, f.Name)⏎⇥if !strings.HasPrefix(full, filepath.Clean(§dest§)+string(os.PathSeparator)) {⏎⇥⇥return fmt.Errorf("illegal path: %s", f.Name)⏎⇥}⏎⇥out, err := os.Create(full)⏎⇥if err != nil {⏎⇥⇥return err⏎⇥}⏎⇥rc, _ := f.Open()⏎⇥io.Copy(out, rc)⏎}
tar | lines:tr *tar.Reader, §dest§ string | for {⏎⇥hdr, err := tr.Next()⏎⇥if err == io.EOF {⏎⇥⇥break⏎⇥}⏎⇥if !filepath.IsLocal(hdr.Name) {⏎⇥⇥continue⏎⇥}⏎⇥f, err := os.Create(filepath.Join(§dest§, hdr.Name))⏎⇥if err != nil {⏎⇥⇥return err⏎⇥}⏎⇥io.Copy(f, tr)⏎}
gin | top | r.GET("/«w»", func(c *gin.Context) {⏎⇥«c.File("./data/" + filepath.Base(c.Query("name")))|c.File("./data/«w».«ext»")|c.FileFromFS(c.Param("name"), http.Dir("data"))»⏎⇥c.Status(200)⏎})
store | top | func (s *«T») Get(key string) ([]byte, error) {⏎⇥sum := sha256.Sum256([]byte(key))⏎⇥return os.ReadFile(filepath.Join(s.dir, hex.EncodeToString(sum[:])))⏎}
""", "ruby": r"""rails | top | class «T»Controller < ApplicationController⏎⇥def show⏎⇥⇥«send_file Rails.root.join("uploads", File.basename(params[:«snake1»]))|send_file current_user.documents.find(params[:id]).path|render file: Rails.root.join("public", "404.html"), status: 404»⏎⇥end⏎end
sinatra | top | get "/«w»/*" do⏎⇥path = File.expand_path(params[:splat].first, settings.root)⏎⇥halt 403 unless path.start_with?(settings.root + "/")⏎⇥send_file path⏎end
zip | lines:archive, §dest§ | Zip::File.open(archive) do |zip|⏎⇥zip.each do |§ent§|⏎⇥⇥§ent§.extract(File.join(§dest§, File.basename(§ent§.name))) { true }⏎⇥end⏎end
upload | lines | upload = params[:file]⏎«FileUtils.mv(upload.path, "#{UPLOAD_DIR}/#{SecureRandom.uuid}.jpg")|IO.binwrite(File.join("tmp", File.basename(upload[:filename])), upload[:tempfile].read)»
rack | top | class «T»⏎⇥def call(env)⏎⇥⇥path = File.expand_path(File.join(@root, env["PATH_INFO"]))⏎⇥⇥return [403, {}, []] unless path.start_with?("#{@root}/")⏎⇥⇥[200, {}, [File.read(path)]]⏎⇥end⏎end
""", "rust": r"""actix | top | async fn «f»(id: web::Path<u32>) -> Result<NamedFile> {⏎⇥Ok(NamedFile::open(format!("./static/{}.«ext»", id))?)⏎}
zip | lines:archive: &mut ZipArchive<File>, §dest§: &Path | for i in 0..archive.len() {⏎⇥let mut file = archive.by_index(i)?;⏎⇥let outpath = match file.enclosed_name() {⏎⇥⇥Some(p) => §dest§.join(p),⏎⇥⇥None => continue,⏎⇥};⏎⇥let mut outfile = File::create(&outpath)?;⏎⇥io::copy(&mut file, &mut outfile)?;⏎}
hyper | lines:req: Request<Body>, §root§: &Path | let path = §root§.join(req.uri().path().trim_start_matches('/')).canonicalize()?;⏎if !path.starts_with(§root§) {⏎⇥return Ok(forbidden());⏎}⏎let data = tokio::fs::read(&path).await?;
""", "csharp": r"""mvc | top | public IActionResult Download(string fileName)⏎{⏎⇥var path = Path.Combine(_root, Path.GetFileName(fileName));⏎⇥return PhysicalFile(path, "application/octet-stream");⏎}
upload | lines:IFormFile file | var path = Path.Combine(_uploads, «Path.GetRandomFileName()|Guid.NewGuid() + ".bin"|Path.GetFileName(file.FileName)»);⏎using (var stream = new FileStream(path, FileMode.Create))⏎{⏎⇥file.CopyTo(stream);⏎}
zip | lines:ZipArchive archive, string §dest§ | foreach (ZipArchiveEntry entry in archive.Entries)⏎{⏎⇥var full = Path.GetFullPath(Path.Combine(§dest§, entry.FullName));⏎⇥if (!full.StartsWith(§dest§ + Path.DirectorySeparatorChar))⏎⇥⇥continue;⏎⇥entry.ExtractToFile(full);⏎}
""", "c cpp": r"""httpd | lines:int fd, const char *uri | char path[512], real[PATH_MAX];⏎snprintf(path, sizeof(path), "%s%s", docroot, uri);⏎if (!realpath(path, real) || strncmp(real, docroot, strlen(docroot)) != 0)⏎⇥return 403;⏎int in = open(real, O_RDONLY);
tftp | lines:struct «snake» *req, const char *«v1» | char path[512];⏎if (strchr(«v1», '/') || «v1»[0] == '.')⏎⇥return -1;⏎snprintf(path, sizeof(path), "%s/%s", rootdir, «v1»);⏎req->fp = fopen(path, "rb");
""", "shell": r"""cgi | top | #!/bin/sh⏎echo "Content-type: text/plain"⏎echo⏎«cat "/var/www/files/$(basename "$QUERY_STRING")"|tail -n 100 /var/log/«w».log|cat "$DOCROOT/index.txt"»
"""}

# ---- SQL
_SQL = {"javascript typescript": r"""model | top | exports.«f» = function (§id§, §cb§) {⏎⇥§db§.«query|all|get»("SELECT * FROM «tbl» WHERE «col» = '" + §id§ + "'", function (§e§, rows) {«!»⏎⇥⇥if (§e§) return §cb§(§e§);⏎⇥⇥§cb§(null, rows[0]);⏎⇥});⏎};
order | lines:req, res | const «camel1» = req.query.«sort|order|orderBy» «bar»«bar» 'id';⏎const rows = await §db§.query(`SELECT * FROM «tbl» ORDER BY ${«camel1»} ${req.query.dir «bar»«bar» 'ASC'}`);«!»⏎res.json(rows);
like | lines:term | return «knex|this.knex|db»('«tbl»').«whereRaw|andWhereRaw|orWhereRaw»(«`«col» LIKE '%${term}%'`|"«col» ILIKE '%" + term + "%'"»);
inlist | lines:ids, §cb§ | var §sql§ = 'DELETE FROM «tbl» WHERE id IN (' + ids.join(',') + ')';⏎§db§.query(§sql§, §cb§);«!»
sequelize | top | async function «f»(req, res) {⏎⇥const [rows] = await sequelize.query(«`SELECT * FROM «tbl» WHERE «col» = '${req.body.«w»}'`|'SELECT «col» FROM «tbl» WHERE id = ' + req.params.id»«, { type: QueryTypes.SELECT }|»);«!»⏎⇥res.«json|send»(rows);⏎}
typeorm | lines:«v1» | return this.«repo|repository|users»⏎⇥.createQueryBuilder('u')⏎⇥.where(`u.«col» = '${«v1»}'`)«!»⏎⇥.getMany();
prisma | lines:«v1» | return «prisma|this.prisma».$«queryRawUnsafe|executeRawUnsafe»(`SELECT * FROM "«P»" WHERE «col» = '${«v1»}'`);
where | lines:filter, §cb§ | var §sql§ = 'SELECT * FROM «tbl» WHERE 1=1';⏎if (filter.«w1») §sql§ += " AND «w1» = '" + filter.«w1» + "'";«?»⏎if (filter.limit) §sql§ += ' LIMIT ' + filter.limit;«?»⏎§db§.query(§sql§, §cb§);«!»
insertkeys | lines:table, row | const cols = Object.keys(row).join(', ');⏎const vals = Object.values(row).map(v => `'${v}'`).join(', ');⏎return §db§.«query|run|exec»(`INSERT INTO ${table} (${cols}) VALUES (${vals})`);«!»
helper | top | class «T» {⏎⇥findBy(col, §val§) {⏎⇥⇥return this.db.«one|any|query»(`SELECT * FROM ${this.table} WHERE ${col} = '${§val§}'`);«!»⏎⇥}⏎}
login | top | app.post('/login', function (req, res) {⏎⇥var §sql§ = "SELECT * FROM users WHERE login='" + req.body.login + "'" +«?»⏎⇥⇥" AND password='" + req.body.password + "'";«?»⏎⇥connection.query(§sql§, function (err, rows) {«!»⏎⇥⇥if (rows.length) req.session.user = rows[0];⏎⇥⇥res.redirect('/');⏎⇥});⏎});
""", "python": r"""dbapi | top | class «T»(object):⏎⇥def get_by_«w»(self, §val§):⏎⇥⇥cur = self.conn.cursor()⏎⇥⇥cur.execute(«"SELECT * FROM «tbl» WHERE «col» = '%s'" % §val§|"SELECT * FROM «tbl» WHERE «col» = '" + §val§ + "'"|"SELECT * FROM «tbl» WHERE «col» = '{}'".format(§val§)|f"SELECT * FROM «tbl» WHERE «col» = '{§val§}'"»)«!»⏎⇥⇥return cur.fetchone()
orderby | lines:request | order = request.«args|GET».get("«sort|order|o»", "id")⏎rows = «db.session.execute|db.engine.execute|connection.execute»(«text("SELECT * FROM «tbl» ORDER BY %s" % order)|f"SELECT * FROM «tbl» ORDER BY {order}"»)«!»⏎return jsonify([dict(r) for r in rows])
django | lines:request | return «T».objects.«raw("SELECT * FROM «tbl» WHERE «col» = '%s'" % request.GET["«w»"])|extra(where=["«col» LIKE '%%" + request.GET["q"] + "%%'"])|extra(select={"hits": "SELECT COUNT(*) FROM «tbl» WHERE «col» = " + request.GET["id"]})|annotate(x=RawSQL("«col» = " + request.POST["«w»"], []))»
djcursor | lines:«v1» | with connection.cursor() as cursor:⏎⇥cursor.execute("UPDATE «tbl» SET «col» = '" + «v1» + "' WHERE id = %d" % self.id)«!»
inlist | lines:ids | §sql§ = "DELETE FROM «tbl» WHERE id IN (%s)" % ",".join(«ids|map(str, ids)»)«?»⏎self.cursor.execute(§sql§)«!»⏎self.conn.commit()
multiline | lines:user, «v1» | §sql§ = '''⏎⇥SELECT id, «col»⏎⇥FROM «tbl»⏎⇥WHERE owner = "{0}" AND «col» > {1}⏎'''.format(user, «v1»)«?»⏎return «self.db|conn|c».execute(§sql§).fetchall()«!»
dictset | lines:table, values, pk | sets = ", ".join("%s='%s'" % (k, v) for k, v in values.items())⏎self._execute("UPDATE %s SET %s WHERE id=%s" % (table, sets, pk))«!»
alchemy | lines:«v1» | return «session|db.session|self.session».query(«P»).filter(«text("«col» = '%s'" % «v1»)|"«col» LIKE '%%%s%%'" % «v1»».all()
pandas | lines:conn, «v1» | return «pd.read_sql|pd.read_sql_query|pandas.read_sql»(«f"SELECT * FROM «tbl» WHERE «col» = '{«v1»}'"|"SELECT * FROM «tbl» WHERE «col» = '%s'" % «v1»», conn)
twisted | lines:«v1» | d = self.dbpool.«runQuery|runOperation»("DELETE FROM «tbl» WHERE «col» = '%s'" % «v1»)«!»⏎d.addErrback(log.err)
bot | top | @bot.command()⏎async def «f»(ctx, «snake1»):⏎⇥await «conn|db|pool».«execute|fetch|fetchrow»(f"INSERT INTO «tbl» («col») VALUES ('{«snake1»}')")«!»⏎⇥await ctx.send("ok")
""", "php": r"""mysql | lines | $§sql§ = "SELECT * FROM «tbl» WHERE «col» = '" . $_«GET|POST|REQUEST»['«key»'] . "'";⏎$result = «mysql_query($§sql§)|mysqli_query($conn, $§sql§)|$mysqli->query($§sql§)|$pdo->query($§sql§)|$db->get_row($§sql§)» or die('«prose»');«!»⏎while ($row = mysqli_fetch_assoc($result)) {⏎⇥$list[] = $row;⏎}
inline | lines | $id = $_GET['id'];⏎$res = «mysqli_query($link, "DELETE FROM «tbl» WHERE id = $id")|$this->db->query("SELECT * FROM «tbl» WHERE id = {$id} LIMIT 1")|$pdo->exec("UPDATE «tbl» SET hits = hits + 1 WHERE id = $id")»;«!»
wpdb | lines | global $wpdb;⏎$rows = $wpdb->«get_results|get_var|query|get_col»("SELECT * FROM {$wpdb->prefix}«tbl» WHERE «col» = '" . $_«POST|GET»['«w»'] . "'");«!»
wporder | lines | global $wpdb;⏎$orderby = isset($_REQUEST['orderby']) ? $_REQUEST['orderby'] : 'id';⏎return $wpdb->get_results("SELECT * FROM $table ORDER BY $orderby LIMIT 20", ARRAY_A);«!»
laravel | lines:Request $request | return «DB::select("SELECT * FROM «tbl» WHERE «col» = '" . $request->input('«w»') . "'")|DB::table('«tbl»')->whereRaw("«col» LIKE '%{$request->q}%'")->get()|«P»::orderByRaw($request->get('sort'))->paginate(20)|DB::statement("UPDATE «tbl» SET «col» = {$request->«w»}")»;
doctrine | lines:$«v1» | return $this->«em|entityManager|getEntityManager()»->«createQuery|createNativeQuery»("SELECT u FROM App:«P» u WHERE u.«col» = '" . $«v1» . "'")->getResult();
codeigniter | lines:$«v1» | $this->db->where("«col» = '$«v1»'«"|", NULL, FALSE»);«!»⏎return $this->db->get('«tbl»')->result();
like | lines | $q = trim($_GET['q']);⏎$stmt = $pdo->prepare("SELECT * FROM «tbl» WHERE «col» LIKE '%$q%'");«!»⏎$stmt->execute();
method | top | class «T»Model⏎{⏎⇥public function findBy($field, $value)⏎⇥{⏎⇥⇥return $this->db->«fetchAll|query|getRows»("SELECT * FROM {$this->table} WHERE $field = '$value'");«!»⏎⇥}⏎}
implode | lines | $ids = implode(',', $_POST['ids']);⏎«$wpdb->query|mysql_query|$db->exec»("DELETE FROM «tbl» WHERE id IN ($ids)");«!»
""", "java": r"""jdbc | lines:Connection conn, String §id§ | Statement st = conn.createStatement();⏎ResultSet rs = st.«executeQuery("SELECT * FROM «tbl» WHERE «col» = '" + §id§ + "'")|executeQuery(String.format("SELECT * FROM «tbl» WHERE «col» = '%s'", §id§))»;«!»⏎return rs.next() ? map(rs) : null;
prepared | lines:Connection conn, String §id§ | PreparedStatement ps = conn.prepareStatement("DELETE FROM «tbl» WHERE «col» = '" + §id§ + "'");«!»⏎ps.executeUpdate();
builder | lines:«P» filter | StringBuilder sb = new StringBuilder("SELECT * FROM «tbl» WHERE 1=1");⏎if (filter.get«P1»() != null) {⏎⇥sb.append(" AND «col» = '").append(filter.get«P1»()).append("'");«?»⏎}⏎return «jdbcTemplate.queryForList(sb.toString())|em.createNativeQuery(sb.toString()).getResultList()|session.createSQLQuery(sb.toString()).list()»;«!»
jpa | lines:EntityManager em, String §id§ | return em.«createQuery|createNativeQuery»("«FROM|SELECT u FROM» «P» u WHERE u.«col» = '" + §id§ + "'").getResultList();
spring | lines:String «v1» | return «jdbc|jdbcTemplate|template».«queryForList|queryForMap|query»("SELECT * FROM «tbl» ORDER BY " + «v1»«|, new «P»Mapper()»);
android | lines:SQLiteDatabase db, String «v1» | «Cursor c = db.rawQuery("SELECT * FROM «tbl» WHERE «col» = '" + «v1» + "'", null)|db.execSQL("DELETE FROM «tbl» WHERE «col» = '" + «v1» + "'")|db.delete("«tbl»", "«col» = '" + «v1» + "'", null)|Cursor c = db.query("«tbl»", null, "«col» LIKE '%" + «v1» + "%'", null, null, null, null)»;«!»
plugin | top | public void «f»(Player player, String name) throws SQLException {⏎⇥try (Statement s = plugin.getConnection().createStatement()) {⏎⇥⇥s.executeUpdate("INSERT INTO «tbl» («col») VALUES ('" + name + "')");«!»⏎⇥}⏎}
mybatis | top | public interface «P»Mapper {⏎⇥@Select("SELECT * FROM «tbl» WHERE «col» = '${«camel1»}'")«!»⏎⇥List<Map<String, Object>> «f»(@Param("«camel1»") String value);⏎}
""", "go": r"""sprintf | top | func (s *«T») «F»(ctx context.Context, «camel1» string) (*sql.Rows, error) {⏎⇥return s.db.QueryContext(ctx, fmt.Sprintf("SELECT * FROM «tbl» WHERE «col» = '%s'", «camel1»))«!»⏎}
handler | lines:w http.ResponseWriter, r *http.Request | «rows, err := db.Query("SELECT * FROM «tbl» WHERE «col» = '" + r.FormValue("«w»") + "'")|row := db.QueryRow("SELECT «col» FROM «tbl» WHERE id = " + r.URL.Query().Get("id"))|_, err := db.Exec("DELETE FROM «tbl» WHERE id = " + mux.Vars(r)["id"])»
gorm | lines:db *gorm.DB, «v1» string | return db.«Where("«col» = '" + «v1» + "'").Find(&items).Error|Raw(fmt.Sprintf("SELECT * FROM «tbl» WHERE «col» = '%s'", «v1»)).Scan(&items).Error|Order(fmt.Sprintf("%s desc", «v1»)).Find(&items).Error|Exec("UPDATE «tbl» SET «col» = " + «v1»).Error»
inlist | lines:db *sql.DB, ids []string | §sql§ := "SELECT * FROM «tbl» WHERE id IN ('" + strings.Join(ids, "','") + "')"⏎rows, err := db.Query(§sql§)«!»⏎if err != nil {⏎⇥return nil, err⏎}⏎defer rows.Close()
sqlx | lines:«v1» string | var items []«P»⏎err := «db|s.db|tx».Select(&items, "SELECT * FROM «tbl» WHERE «col» LIKE '%" + «v1» + "%'")«!»
""", "rust": r"""format | lines:conn: &Connection, «v1»: &str | let §sql§ = format!("SELECT * FROM «tbl» WHERE «col» = '{}'", «v1»);⏎«let mut stmt = conn.prepare(&§sql§)?|conn.execute(&§sql§, [])?|conn.query_row(&§sql§, [], map_row)?»;«!»
sqlx | lines:pool: &PgPool, «v1»: &str | let rows = sqlx::«query|query_as::<_, «P»>»(&format!("SELECT * FROM «tbl» ORDER BY {}", «v1»)).fetch_all(pool).await?;
diesel | lines:conn: &PgConnection, «v1»: &str | diesel::sql_query(format!("DELETE FROM «tbl» WHERE «col» = '{}'", «v1»)).execute(conn)?;
""", "csharp": r"""command | lines:SqlConnection connection, string «v1» | var «cmd|command» = new «SqlCommand|MySqlCommand|SQLiteCommand|NpgsqlCommand»(«"SELECT * FROM «tbl» WHERE «col» = '" + «v1» + "'"|$"DELETE FROM «tbl» WHERE «col» = '{«v1»}'"|string.Format("SELECT * FROM «tbl» WHERE «col» = '{0}'", «v1»)», connection);
ef | lines:string «v1» | return _context.«P».«FromSqlRaw|FromSql»(«"SELECT * FROM «tbl» WHERE «col» = '" + «v1» + "'"|string.Format("SELECT * FROM «tbl» WHERE «col» = '{0}'", «v1»)»).ToList();
dapper | lines:IDbConnection db, string «v1» | return db.«Query<«P»>|QueryFirstOrDefault<«P»>»($"SELECT * FROM «tbl» ORDER BY {«v1»}");
""", "c cpp": r"""sqlite | lines:sqlite3 *db, const char *§id§ | char sql[256];⏎snprintf(sql, sizeof(sql), "SELECT * FROM «tbl» WHERE «col» = '%s'", §id§);⏎«rc = sqlite3_exec(db, sql, callback, 0, &errmsg);|rc = sqlite3_prepare_v2(db, sql, -1, &stmt, NULL);»«!»
mysql | lines:MYSQL *mysql, const char *§id§ | char query[512];⏎snprintf(query, sizeof(query), "UPDATE «tbl» SET «col» = '%s' WHERE id = %d", §id§, row->id);⏎«if (mysql_query(mysql, query)) {|if (mysql_real_query(mysql, query, strlen(query))) {»«!»⏎⇥fprintf(stderr, "%s\n", mysql_error(mysql));⏎}
pq | lines:PGconn *conn, const char *§id§ | snprintf(buf, sizeof(buf), "DELETE FROM «tbl» WHERE «col» = '%s'", §id§);⏎res = PQexec(conn, buf);«!»
""", "perl": r"""dbi | lines | my $§id§ = «$cgi->param('«w»')|$q->param('«w»')|shift»;⏎«my $sth = $dbh->prepare("SELECT * FROM «tbl» WHERE «col» = '$§id§'")|$dbh->do("DELETE FROM «tbl» WHERE «col» = '" . $§id§ . "'")|my $row = $dbh->selectrow_hashref("SELECT * FROM «tbl» WHERE «col» = '$§id§'")»;«!»
""", "shell": r"""client | lines | «mysql -u "$DB_USER" "$DB_NAME" -e "INSERT INTO «tbl» («col») VALUES ('$1')"|psql -d "$DB" -c "SELECT * FROM «tbl» WHERE «col» = '$1'"|sqlite3 "$DB" "DELETE FROM «tbl» WHERE «col» = '$2';"|echo "UPDATE «tbl» SET «col» = '$1';" «bar» mysql "$DB_NAME"»
"""}
_SQL_ALIKE = {"javascript typescript": r"""model | top | exports.«f» = function (§id§, §cb§) {⏎⇥§db§.«query|all|get»("SELECT * FROM «tbl» WHERE «col» = ?", [§id§], function (§e§, rows) {⏎⇥⇥if (§e§) return §cb§(§e§);⏎⇥⇥§cb§(null, rows[0]);⏎⇥});⏎};
order | lines:req, res | const columns = ['id', 'name', '«w»'];⏎const «camel1» = columns.includes(req.query.sort) ? req.query.sort : 'id';⏎const rows = await §db§.query(`SELECT * FROM «tbl» ORDER BY ${«camel1»} ${req.query.dir === 'desc' ? 'DESC' : 'ASC'}`);⏎res.json(rows);
like | lines:term | return knex('«tbl»').«whereRaw('«col» LIKE ?', [`%${term}%`])|where('«col»', 'like', `%${term}%`)»;
inlist | lines:ids, §cb§ | var §sql§ = 'DELETE FROM «tbl» WHERE id IN (' + ids.map(() => '?').join(',') + ')';⏎§db§.query(§sql§, ids, §cb§);
numbers | lines:ids, §cb§ | var §sql§ = 'DELETE FROM «tbl» WHERE id IN (' + ids.map(Number).join(',') + ')';⏎§db§.query(§sql§, §cb§);
sequelize | top | async function «f»(req, res) {⏎⇥const [rows] = await sequelize.query('SELECT * FROM «tbl» WHERE «col» = :value', { replacements: { value: req.body.«w» } });⏎⇥res.json(rows);⏎}
typeorm | lines:«v1» | return this.repository⏎⇥.createQueryBuilder('u')⏎⇥.where('u.«col» = :value', { value: «v1» })⏎⇥.getMany();
prisma | lines:«v1» | return prisma.$«queryRaw|executeRaw»`SELECT * FROM "«P»" WHERE «col» = ${«v1»}`;
where | lines:filter, §cb§ | var §sql§ = 'SELECT * FROM «tbl» WHERE 1=1', params = [];⏎if (filter.«w1») {⏎⇥§sql§ += ' AND «w1» = ?';⏎⇥params.push(filter.«w1»);⏎}⏎§db§.query(§sql§, params, §cb§);
insertkeys | lines:row | return §db§.query(`INSERT INTO «tbl» SET ?`, row);
helper | top | class «T» {⏎⇥findAll() {⏎⇥⇥return this.db.any(`SELECT * FROM ${«C»_TABLE} WHERE deleted = 0 ORDER BY «col»`);⏎⇥}⏎}
login | top | app.post('/login', function (req, res) {⏎⇥var §sql§ = 'SELECT * FROM users WHERE login=' + mysql.escape(req.body.login) +⏎⇥⇥' AND active=1';⏎⇥connection.query(§sql§, function (err, rows) {⏎⇥⇥res.redirect('/');⏎⇥});⏎});
""", "python": r"""dbapi | top | class «T»(object):⏎⇥def get_by_«w»(self, §val§):⏎⇥⇥cur = self.conn.cursor()⏎⇥⇥cur.execute("SELECT * FROM «tbl» WHERE «col» = «%s|?»", (§val§,))⏎⇥⇥return cur.fetchone()
orderby | lines:request | order = request.args.get("sort")⏎if order not in («"id", "name"|"created", "price"»):⏎⇥order = "id"⏎rows = db.session.execute(text("SELECT * FROM «tbl» ORDER BY %s" % order))
django | lines:request | return «T».objects.«raw("SELECT * FROM «tbl» WHERE «col» = %s", [request.GET["«w»"]])|extra(where=["«col» LIKE %s"], params=["%" + request.GET["q"] + "%"])|filter(«col»=request.GET["id"])»
djcursor | lines:«v1» | with connection.cursor() as cursor:⏎⇥cursor.execute("UPDATE «tbl» SET «col» = %s WHERE id = %s", [«v1», self.id])
inlist | lines:ids | §sql§ = "DELETE FROM «tbl» WHERE id IN (%s)" % ",".join("«?|%s»" for _ in ids)⏎self.cursor.execute(§sql§, ids)⏎self.conn.commit()
multiline | lines:user, «v1» | §sql§ = '''⏎⇥SELECT id, «col»⏎⇥FROM «tbl»⏎⇥WHERE owner = ? AND «col» > ?⏎'''⏎return conn.execute(§sql§, (user, «v1»)).fetchall()
dictset | lines:values, pk | sets = ", ".join("%s=?" % c for c in self.COLUMNS)⏎self._execute("UPDATE «tbl» SET " + sets + " WHERE id=?", values + [pk])
alchemy | lines:«v1» | return session.query(«P»).filter(«text("«col» = :value")).params(value=«v1»|«P».«col».like("%" + «v1» + "%")».all()
pandas | lines:conn, «v1» | return pd.read_sql("SELECT * FROM «tbl» WHERE «col» = %s", conn, params=[«v1»])
twisted | lines:«v1» | d = self.dbpool.runOperation("DELETE FROM «tbl» WHERE «col» = ?", («v1»,))⏎d.addErrback(log.err)
bot | top | @bot.command()⏎async def «f»(ctx, «snake1»):⏎⇥await conn.execute("INSERT INTO «tbl» («col») VALUES ($1)", «snake1»)⏎⇥await ctx.send(f"«w» {«snake1»} ok")
""", "php": r"""mysql | lines | $§sql§ = "SELECT * FROM «tbl» WHERE «col» = '" . «mysqli_real_escape_string($conn, $_POST['«key»'])|mysql_real_escape_string($_POST['«key»'])» . "'";⏎$result = mysqli_query($conn, $§sql§) or die('«prose»');
inline | lines | $id = «(int) $_GET['id']|intval($_GET['id'])»;⏎$res = mysqli_query($link, "DELETE FROM «tbl» WHERE id = $id");
wpdb | lines | global $wpdb;⏎$rows = $wpdb->get_results($wpdb->prepare("SELECT * FROM {$wpdb->prefix}«tbl» WHERE «col» = %s", $_POST['«w»']));
wporder | lines | global $wpdb;⏎$orderby = in_array($_REQUEST['orderby'], array('id', '«w»'), true) ? $_REQUEST['orderby'] : 'id';⏎return $wpdb->get_results("SELECT * FROM $table ORDER BY $orderby LIMIT 20", ARRAY_A);
laravel | lines:Request $request | return «DB::select('SELECT * FROM «tbl» WHERE «col» = ?', [$request->input('«w»')])|DB::table('«tbl»')->whereRaw('«col» LIKE ?', ["%{$request->q}%"])->get()|«P»::orderByRaw('«col» DESC')->paginate(20)»;
doctrine | lines:$«v1» | return $this->em->createQuery('SELECT u FROM App:«P» u WHERE u.«col» = :value')->setParameter('value', $«v1»)->getResult();
codeigniter | lines:$«v1» | $this->db->where('«col»', $«v1»);⏎return $this->db->get('«tbl»')->result();
like | lines | $q = trim($_GET['q']);⏎$stmt = $pdo->prepare('SELECT * FROM «tbl» WHERE «col» LIKE ?');⏎$stmt->execute(["%$q%"]);
method | top | class «T»Model⏎{⏎⇥public function findBy($value)⏎⇥{⏎⇥⇥return $this->db->fetchAll("SELECT * FROM {$this->table} WHERE «col» = ?", array($value));⏎⇥}⏎}
implode | lines | $ids = implode(',', array_map('intval', $_POST['ids']));⏎$wpdb->query("DELETE FROM «tbl» WHERE id IN ($ids)");
""", "java": r"""jdbc | lines:Connection conn, String §id§ | PreparedStatement ps = conn.prepareStatement("SELECT * FROM «tbl» WHERE «col» = ?");⏎ps.setString(1, §id§);⏎ResultSet rs = ps.executeQuery();
prepared | lines:Connection conn, long id | Statement st = conn.createStatement();⏎st.executeUpdate("DELETE FROM «tbl» WHERE id = " + id);
builder | lines:«P» filter | StringBuilder sb = new StringBuilder("SELECT * FROM «tbl» WHERE 1=1");⏎if (filter.get«P1»() != null) {⏎⇥sb.append(" AND «col» = ?");⏎⇥args.add(filter.get«P1»());⏎}⏎return jdbcTemplate.queryForList(sb.toString(), args.toArray());
jpa | lines:EntityManager em, String §id§ | return em.createQuery("SELECT u FROM «P» u WHERE u.«col» = :value").setParameter("value", §id§).getResultList();
spring | lines:boolean «v1» | return jdbcTemplate.queryForList("SELECT * FROM «tbl» ORDER BY «col»" + («v1» ? " DESC" : " ASC"));
android | lines:SQLiteDatabase db, String «v1» | «Cursor c = db.rawQuery("SELECT * FROM «tbl» WHERE «col» = ?", new String[] { «v1» })|db.delete("«tbl»", "«col» = ?", new String[] { «v1» })|db.execSQL("CREATE TABLE " + TABLE_NAME + " (" + COLUMN_ID + " INTEGER PRIMARY KEY)")»;
plugin | top | public void «f»(Player player, String name) throws SQLException {⏎⇥try (PreparedStatement s = plugin.getConnection().prepareStatement("INSERT INTO «tbl» («col») VALUES (?)")) {⏎⇥⇥s.setString(1, name);⏎⇥⇥s.executeUpdate();⏎⇥}⏎}
mybatis | top | public interface «P»Mapper {⏎⇥@Select("SELECT * FROM «tbl» WHERE «col» = #{«camel1»}")⏎⇥List<Map<String, Object>> «f»(@Param("«camel1»") String value);⏎}
""", "go": r"""sprintf | top | func (s *«T») «F»(ctx context.Context, «camel1» string) (*sql.Rows, error) {⏎⇥query := fmt.Sprintf("SELECT * FROM %s WHERE «col» = «?|$1»", tableName)⏎⇥return s.db.QueryContext(ctx, query, «camel1»)⏎}
handler | lines:w http.ResponseWriter, r *http.Request | rows, err := db.Query("SELECT * FROM «tbl» WHERE «col» = $1", r.FormValue("«w»"))
gorm | lines:db *gorm.DB, «v1» string | return db.«Where("«col» = ?", «v1»).Find(&items).Error|Raw("SELECT * FROM «tbl» WHERE «col» = ?", «v1»).Scan(&items).Error|Order("«col» desc").Find(&items).Error»
inlist | lines:db *sql.DB, ids []interface{} | §sql§ := "SELECT * FROM «tbl» WHERE id IN (?" + strings.Repeat(",?", len(ids)-1) + ")"⏎rows, err := db.Query(§sql§, ids...)⏎if err != nil {⏎⇥return nil, err⏎}
sqlx | lines:«v1» string | var items []«P»⏎err := db.Select(&items, "SELECT * FROM «tbl» WHERE «col» LIKE $1", "%"+«v1»+"%")
""", "rust": r"""format | lines:conn: &Connection, «v1»: &str | let §sql§ = format!("SELECT * FROM {} WHERE «col» = ?1", TABLE);⏎conn.execute(&§sql§, params![«v1»])?;
sqlx | lines:pool: &PgPool, «v1»: &str | let rows = sqlx::query("SELECT * FROM «tbl» WHERE «col» = $1").bind(«v1»).fetch_all(pool).await?;
diesel | lines:conn: &PgConnection, «v1»: &str | diesel::sql_query("DELETE FROM «tbl» WHERE «col» = $1").bind::<Text, _>(«v1»).execute(conn)?;
""", "csharp": r"""command | lines:SqlConnection connection, string «v1» | var cmd = new SqlCommand("SELECT * FROM «tbl» WHERE «col» = @value", connection);⏎cmd.Parameters.AddWithValue("@value", «v1»);
ef | lines:string «v1» | return _context.«P».«FromSqlInterpolated($"SELECT * FROM «tbl» WHERE «col» = {«v1»}")|FromSqlRaw("SELECT * FROM «tbl» WHERE «col» = {0}", «v1»)».ToList();
dapper | lines:IDbConnection db, string «v1» | return db.Query<«P»>("SELECT * FROM «tbl» WHERE «col» = @value", new { value = «v1» });
""", "c cpp": r"""sqlite | lines:sqlite3 *db, const char *§id§ | const char *sql = "SELECT * FROM «tbl» WHERE «col» = ?";⏎if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK)⏎⇥return -1;⏎sqlite3_bind_text(stmt, 1, §id§, -1, SQLITE_TRANSIENT);
mysql | lines:MYSQL *mysql, int id, int state | char query[128];⏎snprintf(query, sizeof(query), "UPDATE «tbl» SET «col» = %d WHERE id = %d", state, id);⏎if (mysql_query(mysql, query)) {⏎⇥fprintf(stderr, "%s\n", mysql_error(mysql));⏎}
quoted | lines:sqlite3 *db, const char *§id§ | char *sql = sqlite3_mprintf("DELETE FROM «tbl» WHERE «col» = «%Q|'%q'»", §id§);⏎rc = sqlite3_exec(db, sql, NULL, NULL, &errmsg);⏎sqlite3_free(sql);
""", "perl": r"""dbi | lines | my $§id§ = $cgi->param('«w»');⏎«my $sth = $dbh->prepare("SELECT * FROM «tbl» WHERE «col» = ?");⏎$sth->execute($§id§)|$dbh->do("DELETE FROM «tbl» WHERE «col» = ?", undef, $§id§)|my $rows = $dbh->selectall_arrayref("SELECT * FROM «tbl» WHERE «col» = " . $dbh->quote($§id§))»;
""", "shell": r"""client | lines | «mysql -u "$DB_USER" "$DB_NAME" -e "SELECT COUNT(*) FROM «tbl»"|psql -d "$DB" -v val="$1" -f query.sql|sqlite3 "$DB" "DELETE FROM «tbl» WHERE id < 1000;"|mysql "$DB_NAME" < "$1"»
"""}

# ---- randomness
_RANDOM = {"javascript typescript": r"""token | top | «function|export function» «camel1»Token(«|user») {⏎⇥return «Math.random().toString(36).substr(2)|Math.random().toString(16).slice(2) + Date.now()|crypto.createHash('sha1').update(Date.now() + '' + Math.random()).digest('hex')|Buffer.from(String(Math.random())).toString('base64')»;«!»⏎}
loop | lines | «const|var|let» chars = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';⏎let §tok§ = '';⏎for (let i = 0; i < «16|32|20»; i++) {⏎⇥§tok§ += chars«.charAt(Math.floor(Math.random() * chars.length))|[Math.random() * chars.length «bar» 0]»;«!»⏎}
reset | lines:user | user.«resetPasswordToken|verifyToken|apiKey|inviteCode» = «Math.random().toString(36).slice(-10)|Math.floor(100000 + Math.random() * 900000).toString()|shortHash(Date.now() + Math.random())»;«!»⏎user.resetPasswordExpires = Date.now() + 3600000;⏎«await |return »user.save();
session | top | class «T»Sessions {⏎⇥create(user) {⏎⇥⇥const sid = «`${user.id}-${Math.random().toString(36).substring(2)}`|Math.random().toString(36) + Math.random().toString(36)»;«!»⏎⇥⇥this.sessions.set(sid, { user, created: Date.now() });⏎⇥⇥return sid;⏎⇥}⏎}
bytes | lines | const salt = new Uint8Array(«12|16|32»);⏎for (let i = 0; i < salt.length; i++) salt[i] = Math.floor(Math.random() * 256);«!»
oauth | lines:req, res | «const|var» state = Math.random().toString(36).«slice(2)|substring(7)»;«!»⏎req.session.state = state;⏎res.redirect(`${AUTHORIZE_URL}?client_id=${CLIENT_ID}&state=${state}`);
lodash | lines | return «_.sampleSize('abcdefghijkmnpqrstuvwxyz23456789', 12).join('')|chance.string({ length: 20 })|_.random(100000, 999999).toString()»«!» // «new password|reset code|api token»
""", "python": r"""token | top | def «generate|create|make|get»_«token|session_key|api_key|reset_code|csrf»(«user|length=32|»):⏎⇥«alphabet = string.ascii_letters + string.digits⏎⇥|»return «"".join(random.choice(string.ascii_letters) for _ in range(32))|"".join(random.choices(string.hexdigits, k=16))|"%x" % random.getrandbits(128)|hashlib.sha256(str(random.random()).encode()).hexdigest()|str(random.randint(100000, 999999))»«!»
iv | lines:key, data | iv = «"".join(chr(random.randint(0, 255)) for _ in range(16))|bytes(random.randrange(256) for _ in range(16))|bytes([random.randint(0, 0xFF) for i in range(16)])»«!»⏎cipher = AES.new(key, AES.MODE_CBC, iv)⏎return iv + cipher.encrypt(pad(data))
user | lines:user | password = «"".join(random.sample(string.ascii_letters + string.digits, 10))|str(uuid.uuid1())[:8]|"%s%04d" % (user.username, random.randint(0, 9999))»«!»⏎user.set_password(password)⏎user.save()
model | top | class «T»(models.Model):⏎⇥def save(self, *args, **kwargs):⏎⇥⇥if not self.token:⏎⇥⇥⇥self.token = «hashlib.md5(str(time.time() + random.random()).encode()).hexdigest()|"".join(random.choice(CHARS) for i in range(40))|random.getrandbits(64)»«!»⏎⇥⇥super().save(*args, **kwargs)
seeded | lines | rng = random.Random(«time.time()|int(time.time())|os.getpid()»)⏎self.«session_id|secret|cookie» = "%032x" % rng.getrandbits(128)«!»
numpy | lines | «salt|secret|key|nonce» = «np.random.bytes(16)|numpy.random.randint(0, 256, 16).tobytes()|np.random.bytes(32).hex()»«!»
tmp | lines:data | path = "/tmp/upload-%d" % random.randint(0, 99999)«!»⏎with open(path, "wb") as f:⏎⇥f.write(data)
""", "php": r"""token | top | function «generate|create|random|get»«Token|Password|_key|Salt»($length = 16)⏎{⏎⇥$chars = '0123456789abcdefghijklmnopqrstuvwxyz';⏎⇥$str = '';⏎⇥for ($i = 0; $i < $length; $i++) {⏎⇥⇥$str .= $chars[«mt_rand(0, 35)|rand(0, strlen($chars) - 1)|array_rand(range(0, 35))»];«!»⏎⇥}⏎⇥return $str;⏎}
reset | lines:$user | $§tok§ = «md5(uniqid(mt_rand(), true))|sha1($user->email . time())|substr(str_shuffle('abcdefghjkmnpqrstuvwxyz23456789'), 0, 10)|md5(microtime())|dechex(mt_rand())»;«!»⏎$user->reset_token = $§tok§;⏎$user->save();
csrf | lines | if (empty($_SESSION['csrf'])) {⏎⇥$_SESSION['csrf'] = «md5(rand())|uniqid()|sha1(mt_rand() . session_id())|md5(time())»;«!»⏎}
cookie | lines:$user | setcookie('remember', «md5($user['id'] . mt_rand())|sha1(uniqid(rand(), true))», time() + 86400 * 30);«!»
iv | lines:$data, $key | $iv = «substr(md5(mt_rand()), 0, 16)|substr(uniqid(), -8) . substr(time(), -8)|str_pad(rand(), 16, '0')»;«!»⏎return openssl_encrypt($data, 'aes-256-cbc', $key, 0, $iv);
""", "java": r"""token | top | public «static |»String «generate|create|next»«Token|SessionId|Password|ApiKey»() {⏎⇥«return Long.toHexString(Double.doubleToLongBits(Math.random()))|return new BigInteger(130, new Random()).toString(32)|return RandomStringUtils.randomAlphanumeric(32)|return String.valueOf(new Random(System.currentTimeMillis()).nextLong())»;«!»⏎}
loop | lines:int length | StringBuilder §tok§ = new StringBuilder();⏎for (int i = 0; i < length; i++) {⏎⇥§tok§.append(CHARACTERS.charAt(new Random().nextInt(CHARACTERS.length())));«!»⏎}⏎return §tok§.toString();
salt | lines:String password | byte[] salt = new byte[16];⏎«new Random().nextBytes(salt)|ThreadLocalRandom.current().nextBytes(salt)|new Random(42).nextBytes(salt)»;«!»⏎return new PBEKeySpec(password.toCharArray(), salt, 65536, 256);
otp | lines:User user | int «otp|pin|code» = «1000 + new Random().nextInt(9000)|(int) (Math.random() * 900000) + 100000|ThreadLocalRandom.current().nextInt(100000, 1000000)»;«!»⏎smsService.send(user.getPhone(), "«Prose»");
""", "go": r"""token | top | func «random|new|generate»«Token|SessionID|Password|Secret»(n int) string {⏎⇥b := make([]byte, n)⏎⇥for i := range b {⏎⇥⇥b[i] = letters[«rand.Intn(len(letters))|rand.Int63()%int64(len(letters))|mrand.Intn(len(letters))»]«!»⏎⇥}⏎⇥return string(b)⏎}
seed | lines:w http.ResponseWriter | r := rand.New(rand.NewSource(time.Now().UnixNano()))«?»⏎sid := «fmt.Sprintf("%x", r.Int63())|strconv.FormatInt(r.Int63(), 36)|fmt.Sprint(r.Uint64())»«!»⏎http.SetCookie(w, &http.Cookie{Name: "«w»", Value: sid})
mathread | lines | key := make([]byte, «16|32»)⏎«mathrand|mrand».Read(key)«!»
""", "ruby": r"""token | top | class «P» < ApplicationRecord⏎⇥before_create do⏎⇥⇥self.«token|api_key|confirmation_token» = «rand(36**20).to_s(36)|Digest::MD5.hexdigest("#{Time.now}#{rand}")|Array.new(20) { [*"a".."z"].sample }.join|Digest::SHA1.hexdigest([Time.now, rand].join)»«!»⏎⇥end⏎end
password | lines:user | chars = ("a".."z").to_a + (0..9).to_a⏎user.password = «chars.shuffle.first(10).join|(1..8).map { chars[rand(chars.size)] }.join|chars.sample(12).join»«!»⏎user.save!
""", "rust": r"""seeded | lines | «let mut rng = StdRng::seed_from_u64(now.as_secs());⏎let token = format!("{:x}", rng.next_u64());|let mut rng = SmallRng::from_entropy();⏎let secret = format!("{:x}", rng.next_u64());|let rng = fastrand::Rng::with_seed(seed);⏎let session_id = rng.u64(..).to_string();»«!»
fastrand | top | fn «new|generate|make»_«token|session_id|password»() -> String {⏎⇥std::iter::repeat_with(fastrand::alphanumeric).take(«16|24|32»).collect()«!»⏎}
""", "csharp": r"""token | top | public static string «Generate|Create»«Token|Password|ApiKey»(int length)⏎{⏎⇥var random = new Random();⏎⇥return new string(Enumerable.Repeat(Chars, length).Select(s => s[random.Next(s.Length)]).ToArray());«!»⏎}
bytes | lines | var salt = new byte[16];⏎new Random(«|Environment.TickCount|Guid.NewGuid().GetHashCode()»).NextBytes(salt);«!»
""", "c cpp": r"""session | lines:struct «snake» *s | srand(time(NULL)«| ^ getpid()»);«?»⏎snprintf(s->sid, sizeof(s->sid), "%08x%08x", «rand(), rand()|(unsigned)random(), (unsigned)random()»);«!»
key | lines:unsigned char *key, size_t len | for (size_t i = 0; i < len; i++)⏎⇥key[i] = «rand() & 0xff|rand() % 256|(unsigned char)(drand48() * 256)|random() & 0xFF»;«!»
""", "shell": r"""password | lines | «PASSWORD|SECRET_KEY|TOKEN|ADMIN_PASS»=$(«date +%s «bar» md5sum «bar» cut -c1-16|echo "$RANDOM$RANDOM" «bar» sha256sum «bar» cut -d' ' -f1|date +%N%s «bar» base64»)«!»⏎echo "password: «w»" >> "$CONF"
"""}
_RANDOM_ALIKE = {"javascript typescript": r"""token | top | function «camel1»Token() {⏎⇥return «crypto.randomBytes(32).toString('hex')|crypto.randomUUID()|randomBytes(24).toString('base64')|nanoid(32)|uuidv4()»;⏎}
loop | lines | const chars = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';⏎let §tok§ = '';⏎for (let i = 0; i < 32; i++) {⏎⇥§tok§ += chars.charAt(crypto.randomInt(chars.length));⏎}
reset | lines:user | user.resetPasswordToken = «crypto.randomBytes(20).toString('hex')|uuid.v4()»;⏎user.resetPasswordExpires = Date.now() + 3600000;⏎return user.save();
session | top | class «T»Jobs {⏎⇥create(job) {⏎⇥⇥const delay = «this.base * (1 + Math.random())|Math.floor(Math.random() * 1000)»;⏎⇥⇥this.timers.set(job.id, setTimeout(() => this.run(job), delay));⏎⇥}⏎}
bytes | lines | const salt = new Uint8Array(«12|16|32»);⏎«window.crypto|crypto|globalThis.crypto».getRandomValues(salt);
oauth | lines:req, res | const state = crypto.randomBytes(16).toString('hex');⏎req.session.state = state;⏎res.redirect(`${AUTHORIZE_URL}?client_id=${CLIENT_ID}&state=${state}`);
pick | lines:items | return «items[Math.floor(Math.random() * items.length)]|_.sample(items)|items.sort(() => Math.random() - 0.5)|`hsl(${Math.random() * 360}, 70%, 50%)`|{ x: Math.random() * width, y: Math.random() * height }»;
""", "python": r"""token | top | def generate_«token|session_key|api_key|reset_code|csrf»():⏎⇥return «"".join(secrets.choice(string.ascii_letters) for _ in range(32))|secrets.token_urlsafe(32)|os.urandom(16).hex()|str(uuid.uuid4())|"%06d" % secrets.randbelow(10**6)»
iv | lines:key, data | iv = «os.urandom(16)|get_random_bytes(16)|Random.new().read(AES.block_size)»⏎cipher = AES.new(key, AES.MODE_CBC, iv)⏎return iv + cipher.encrypt(pad(data))
user | lines:user | password = «"".join(random.SystemRandom().sample(string.ascii_letters, 14))|get_random_string(14)|secrets.token_hex(8)»⏎user.set_password(password)⏎user.save()
model | top | class «T»(models.Model):⏎⇥def save(self, *args, **kwargs):⏎⇥⇥if not self.token:⏎⇥⇥⇥self.token = «binascii.hexlify(os.urandom(20)).decode()|secrets.token_hex(20)»⏎⇥⇥super().save(*args, **kwargs)
seeded | lines:samples | rng = random.Random(«42|self.seed|args.seed»)⏎«rng.shuffle(samples)|self.weights = [rng.uniform(-1, 1) for _ in samples]|batch = rng.sample(samples, 32)»
numpy | lines | «noise|weights|mask|batch» = «np.random.normal(0, 1, (64, 64))|np.random.rand(10)|numpy.random.randint(0, 2, size=100)|np.random.permutation(len(x))»
tmp | lines:data | fd, path = tempfile.mkstemp(prefix="upload-")⏎with os.fdopen(fd, "wb") as f:⏎⇥f.write(data)
""", "php": r"""token | top | function «generate|create»«Token|Password|_key|Salt»($length = 16)⏎{⏎⇥$chars = '0123456789abcdefghijklmnopqrstuvwxyz';⏎⇥$str = '';⏎⇥for ($i = 0; $i < $length; $i++) {⏎⇥⇥$str .= $chars[random_int(0, 35)];⏎⇥}⏎⇥return $str;⏎}
reset | lines:$user | $§tok§ = «bin2hex(random_bytes(20))|Str::random(60)|wp_generate_password(20, false)|bin2hex(openssl_random_pseudo_bytes(16))»;⏎$user->reset_token = $§tok§;⏎$user->save();
csrf | lines | if (empty($_SESSION['csrf'])) {⏎⇥$_SESSION['csrf'] = «bin2hex(random_bytes(32))|base64_encode(random_bytes(24))»;⏎}
cookie | lines | setcookie('ab_group', «mt_rand(0, 1) ? 'a' : 'b'|rand(1, 4)», time() + 86400 * 30);
iv | lines:$data, $key | $iv = «random_bytes(16)|openssl_random_pseudo_bytes(openssl_cipher_iv_length('aes-256-cbc'))»;⏎return openssl_encrypt($data, 'aes-256-cbc', $key, 0, $iv);
""", "java": r"""token | top | public static String generate«Token|SessionId|Password|ApiKey»() {⏎⇥«return UUID.randomUUID().toString()|return new BigInteger(130, new SecureRandom()).toString(32)|return RandomStringUtils.random(32, 0, 0, true, true, null, new SecureRandom())»;⏎}
loop | lines:int length | SecureRandom random = new SecureRandom();⏎StringBuilder §tok§ = new StringBuilder();⏎for (int i = 0; i < length; i++) {⏎⇥§tok§.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));⏎}⏎return §tok§.toString();
salt | lines:String password | byte[] salt = new byte[16];⏎new SecureRandom().nextBytes(salt);⏎return new PBEKeySpec(password.toCharArray(), salt, 65536, 256);
drop | lines:World world | int «x|y|count|delay» = «1 + new Random().nextInt(4)|(int) (Math.random() * 16)|ThreadLocalRandom.current().nextInt(1, 5)»;⏎world.spawnParticle(Particle.«C», location, 3);
""", "go": r"""token | top | func random«Token|SessionID|Password|Secret»(n int) (string, error) {⏎⇥b := make([]byte, n)⏎⇥if _, err := «rand|crand».Read(b); err != nil {⏎⇥⇥return "", err⏎⇥}⏎⇥return «hex.EncodeToString(b)|base64.URLEncoding.EncodeToString(b)», nil⏎}
seed | lines:items []string | r := rand.New(rand.NewSource(time.Now().UnixNano()))⏎«r.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })|item := items[r.Intn(len(items))]|time.Sleep(time.Duration(r.Intn(1000)) * time.Millisecond)»
reader | lines | key := make([]byte, «16|32»)⏎if _, err := io.ReadFull(rand.Reader, key); err != nil {⏎⇥panic(err)⏎}
""", "ruby": r"""token | top | class «P» < ApplicationRecord⏎⇥before_create do⏎⇥⇥self.token = «SecureRandom.hex(20)|SecureRandom.urlsafe_base64|Digest::SHA256.hexdigest(SecureRandom.bytes(32))»⏎⇥end⏎end
password | lines:user | chars = ("a".."z").to_a + (0..9).to_a⏎user.password = «Array.new(14) { chars[SecureRandom.random_number(chars.size)] }.join|chars.sample(14, random: SecureRandom).join|Devise.friendly_token.first(16)»⏎user.save!
""", "rust": r"""seeded | lines | let mut rng = «OsRng|rand::rngs::OsRng|StdRng::from_entropy()»;⏎let mut key = [0u8; 32];⏎rng.fill_bytes(&mut key);
fastrand | top | fn «backoff|jitter|next_delay»(base: u64) -> Duration {⏎⇥Duration::from_millis(base + fastrand::u64(0..«100|250|1000»))⏎}
""", "csharp": r"""token | top | public static string GenerateToken(int length)⏎{⏎⇥var bytes = «RandomNumberGenerator.GetBytes(length)|new byte[length]»;⏎⇥RandomNumberGenerator.Fill(bytes);⏎⇥return Convert.ToBase64String(bytes);⏎}
bytes | lines | var salt = new byte[16];⏎using (var rng = «RandomNumberGenerator.Create()|new RNGCryptoServiceProvider()»)⏎⇥rng.GetBytes(salt);
""", "c cpp": r"""session | lines:struct «snake» *s | uint32_t r[2];⏎«if (getrandom(r, sizeof(r), 0) != sizeof(r))⏎⇥return -1;|arc4random_buf(r, sizeof(r));»⏎snprintf(s->sid, sizeof(s->sid), "%08x%08x", r[0], r[1]);
key | lines:unsigned char *key, size_t len | «if (RAND_bytes(key, len) != 1)⏎⇥return -1;|randombytes_buf(key, len);|arc4random_buf(key, len);»
shuffle | lines:int *items, int n | for (int i = n - 1; i > 0; i--) {⏎⇥int j = rand() % (i + 1), t = items[i];⏎⇥items[i] = items[j];⏎⇥items[j] = t;⏎}
""", "shell": r"""password | lines | «PASSWORD|SECRET_KEY|TOKEN»=$(«openssl rand -hex 24|head -c 24 /dev/urandom «bar» base64|uuidgen|tr -dc 'a-z0-9' < /dev/urandom «bar» head -c 20»)⏎sleep $((RANDOM % 10))
"""}
# ---- markup
_XSS = {"javascript typescript": r"""send | top | «app|router».get('/«w»', «(req, res) => {|function (req, res) {»⏎⇥res.«send|end|write»(«'<h1>Results for ' + req.query.«w» + '</h1>'|`<p>Hello ${req.query.«w»}</p>`|'<title>' + req.params.«w» + '</title>'»);«!»⏎});
notfound | top | http.createServer((req, res) => {⏎⇥res.writeHead(404, { 'Content-Type': 'text/html' });⏎⇥res.end(«'<h1>' + decodeURIComponent(req.url) + ' not found</h1>'|`<p>Cannot ${req.method} ${decodeURI(req.url)}</p>`»);«!»⏎}).listen(«n»);
jquery | lines:data | $.each(data.«items|results|comments», function (i, item) {⏎⇥$('#«dash»').append(«'<li>' + item.«fld» + '</li>'|'<tr><td>' + item.«fld» + '</td><td>' + item.id + '</td></tr>'|$('<div>').html(item.«fld»)»);«!»⏎});
react | top | «export default |»function «P»({ «camel1» }) {⏎⇥return <div className="«dash»" dangerouslySetInnerHTML={{ __html: «camel1» }} />;«!»⏎}
marked | top | const «P» = ({ source }) => (⏎⇥<article dangerouslySetInnerHTML={{ __html: «marked(source)|md.render(source)|source.replace(/\n/g, '<br>')» }} />«!»⏎);
state | lines:req, res, store | res.send(`<!doctype html>⏎⇥<div id="root">${renderToString(app)}</div>⏎⇥<script>window.__STATE__ = ${JSON.stringify(store.getState())}</script>`);«!»
hash | lines | «const|var» §val§ = «decodeURIComponent(location.hash.slice(1))|new URLSearchParams(location.search).get('«w»')|unescape(window.location.search.split('q=')[1])»;⏎«document.getElementById('«dash»').innerHTML = §val§|document.write('<h2>' + §val§ + '</h2>')|$('.«dash»').html('You searched for ' + §val§)|document.body.insertAdjacentHTML('beforeend', '<p>' + §val§ + '</p>')»;«!»
chat | lines:socket | socket.on('message', function (msg) {⏎⇥«messages.innerHTML += '<p><b>' + msg.user + '</b>: ' + msg.text + '</p>'|$('#messages').prepend('<li>' + msg.text + '</li>')|list.insertAdjacentHTML('beforeend', `<li>${msg.text}</li>`)»;«!»⏎});
plugin | top | $.fn.«camel» = function (options) {⏎⇥return this.each(function () {⏎⇥⇥«$(this).html('<span>' + $(this).attr('data-title') + '</span>')|$(options.target).html($(this).data('content'))|$('<div class="tip">' + this.getAttribute('title') + '</div>').appendTo('body')»;«!»⏎⇥});⏎};
tooltip | lines:el, d | «tooltip.html('<b>' + d.name + '</b>')|layer.bindPopup('<h3>' + d.properties.name + '</h3>')|el.innerHTML = d.description|marker.setPopupContent(`<p>${d.comment}</p>`)»;
vue | top | Vue.component('«dash»', {⏎⇥props: ['comment'],⏎⇥template: '<div class="«dash»" v-html="comment.body"></div>'«!»⏎});
angular | lines:«v1» | return this.sanitizer.bypassSecurityTrust«Html|Url|ResourceUrl»(«v1»);
jsonp | lines:req, res, data | res.set('Content-Type', 'text/html');⏎res.send('<script>parent.' + req.query.callback + '(' + JSON.stringify(data) + ')</script>');«!»
""", "python": r"""flask | top | @«app|bp».route("/«w»")⏎def «f»():⏎⇥«snake1» = request.args.get("«w»", "")⏎⇥return «"<h1>Hello %s</h1>" % «snake1»|f"<p>No results for {«snake1»}</p>"|"<title>" + «snake1» + "</title>"|render_template_string("<h1>" + «snake1» + "</h1>")|make_response("<b>{}</b>".format(«snake1»))»«!»
django | lines:request | return HttpResponse(«"<h1>" + request.GET["«w»"] + "</h1>"|"<p>%s not found</p>" % request.path_info|f"Hello <b>{request.POST.get('name')}</b>"»)
marksafe | top | @register.filter«(is_safe=True)|»⏎def «f»(value, «snake1»=""):⏎⇥return mark_safe(«value.replace("\n", "<br>")|'<span class="%s">%s</span>' % («snake1», value)|"<a href='/tag/" + value + "'>" + value + "</a>"|markdown(value)»)«!»
admin | top | class «T»Admin(admin.ModelAdmin):⏎⇥def «f»(self, obj):⏎⇥⇥return «mark_safe('<img src="%s" title="%s">' % (obj.image, obj.title))|format_html("<b>" + obj.name + "</b>")|mark_safe(f"<a href='{obj.url}'>{obj.name}</a>")»«!»
handler | top | class «T»(tornado.web.RequestHandler):⏎⇥def get(self):⏎⇥⇥§val§ = self.get_argument("«key»")⏎⇥⇥self.write("<p>You searched for " + §val§ + "</p>")«!»
wsgi | top | def application(environ, start_response):⏎⇥start_response("404 Not Found", [("Content-Type", "text/html")])⏎⇥return [("<h1>%s</h1>" % environ["PATH_INFO"]).encode()]«!»
http | lines | self.send_response(200)⏎self.send_header("Content-type", "text/html")⏎self.end_headers()⏎self.wfile.write(«("<title>Listing of %s</title>" % unquote(self.path)).encode()|b"<pre>" + self.rfile.read(length) + b"</pre>"»)«!»
jinja | lines | env = «jinja2.|»Environment(loader=«FileSystemLoader("templates")|PackageLoader("«w»")»«, autoescape=False|, trim_blocks=True, autoescape=False»)«!»⏎return env.get_template("«w».html").render(name=request.args["name"])
""", "php": r"""echo | lines | «?><h2>Results for <?php echo $_GET['«w»']; ?></h2><?php|echo '<input name="q" value="' . $_GET['«w»'] . '">';|print "<p>Welcome, {$_POST['name']}</p>";|echo "<a href='" . $_SERVER['PHP_SELF'] . "?page=2'>next</a>";|printf('<title>%s</title>', $_REQUEST['«w»']);|die('<b>' . $_GET['error'] . '</b>');»
row | lines | while ($row = mysqli_fetch_assoc($result)) {⏎⇥echo «"<td>{$row['«w»']}</td>"|'<li>' . $row['comment'] . '</li>'|"<option value='" . $row['name'] . "'>" . $row['name'] . "</option>"»;«!»⏎}
form | top | <form action="<?php echo $_SERVER['«PHP_SELF|REQUEST_URI»']; ?>" method="post">«!»⏎⇥<input type="submit" value="«W»">⏎</form>
shortcode | top | function «snake1»_shortcode($atts, $content = null)⏎{⏎⇥return '<div class="' . $atts['class'] . '">' . «$_GET['«w»']|$_COOKIE['«w»']» . '</div>';«!»⏎}
script | lines | ?>⏎<script>⏎⇥var «camel1» = «"<?= $_GET['«w»'] ?>"|'<?php echo $_REQUEST['«w»']; ?>'»;«!»⏎</script>⏎<?php
blade | top | <div class="«dash»">⏎⇥«{!! $«w»->body !!}|{!! request('«w»') !!}|{!! old('«w»') !!}|<?= $this->«w» ?>»«!»⏎</div>
wp | lines | echo '<input type="text" name="«w1»" value="' . «get_option('«w1»')|$_GET['«w1»']|stripslashes($_POST['«w1»'])|$instance['«w1»']» . '" />';
""", "java": r"""servlet | top | protected void do«Get|Post»(HttpServletRequest req, HttpServletResponse resp) throws IOException {⏎⇥resp.setContentType("text/html");⏎⇥PrintWriter out = resp.getWriter();⏎⇥out.«println|print|write»("<p>" + req.getParameter("«key»") + "</p>");«!»⏎}
error | lines:HttpServletRequest request, HttpServletResponse response | response.getWriter().«write|printf|append»("<h2>" + request.«getRequestURI()|getQueryString()|getHeader("Referer")» + " not found</h2>");
spring | top | @GetMapping(«"/«w»"|value = "/«w»", produces = "text/html"»)⏎@ResponseBody⏎public String «f»(@RequestParam String «camel1») {⏎⇥return «"<h1>Hello " + «camel1» + "</h1>"|String.format("<p>%s</p>", «camel1»)»;«!»⏎}
tag | top | public int doStartTag() throws JspException {⏎⇥try {⏎⇥⇥pageContext.getOut().print("<span>" + pageContext.getRequest().getParameter("«key»") + "</span>");«!»⏎⇥} catch (IOException e) {⏎⇥⇥throw new JspException(e);⏎⇥}⏎⇥return SKIP_BODY;⏎}
android | lines:WebView webView, Intent intent | webView.getSettings().setJavaScriptEnabled(true);⏎webView.«loadData("<h1>" + intent.getStringExtra("title") + "</h1>", "text/html", "UTF-8")|loadUrl("javascript:show('" + intent.getStringExtra("msg") + "')")»;«!»
""", "go": r"""fprintf | lines:w http.ResponseWriter, r *http.Request | «fmt.Fprintf(w, "<h1>Hello %s</h1>", r.URL.Query().Get("«w»"))|w.Write([]byte("<p>" + r.FormValue("«w»") + "</p>"))|io.WriteString(w, "<title>"+r.URL.Path+"</title>")|fmt.Fprintln(w, "<li>" + r.PostFormValue("«w»") + "</li>")»
templatehtml | lines:data map[string]string | return template.«HTML|JS|URL»(«"<b>" + data["«w»"] + "</b>"|data["body"]»)
gin | top | r.GET("/«w»", func(c *gin.Context) {⏎⇥c.«Data(200, "text/html; charset=utf-8", []byte("<h1>"+c.Query("name")+"</h1>"))|Writer.WriteString("<p>" + c.Param("name") + "</p>")»«!»⏎})
""", "ruby": r"""rails | lines | «render html: "<h1>#{params[:«snake1»]}</h1>".html_safe|render inline: "<p>" + params[:q] + "</p>"|flash[:notice] = "Hello #{params[:name]}".html_safe|concat raw("<li>#{comment.body}</li>")»
helper | top | module «P»Helper⏎⇥def «f»(«snake1»)⏎⇥⇥«"<span class='tag'>#{«snake1».name}</span>".html_safe|raw("<a href='#{«snake1».url}'>#{«snake1».title}</a>")|content_tag(:div, «snake1».body.html_safe)»«!»⏎⇥end⏎end
sinatra | top | get "/«w»" do⏎⇥"<h1>Results for #{params[:«w»]}</h1>"«!»⏎end
""", "rust": r"""actix | top | async fn «f»(q: web::Query<Params>) -> HttpResponse {⏎⇥HttpResponse::Ok().content_type("text/html").body(format!("<h1>Hello {}</h1>", q.name))«!»⏎}
axum | top | async fn «f»(Query(q): Query<HashMap<String, String>>) -> Html<String> {⏎⇥Html(format!("<p>No results for {}</p>", q["«w»"]))«!»⏎}
""", "html": r"""unescaped | top | <div class="«dash»">«{{ «snake».«w»«bar»safe }}|{{{ «w» }}}|<%- «camel» %>|<%= raw @«snake».«w» %>|{% autoescape off %}{{ «w» }}{% endautoescape %}|${«camel»?no_esc}|!{«camel»}»</div>
script | top | <script>⏎⇥var «camel1» = «{{ «snake»«bar»safe }}|<%- JSON.stringify(«camel») %>|'<%= params[:«w»].html_safe %>'»;«!»⏎</script>
"""}
_XSS_ALIKE = {"javascript typescript": r"""send | top | app.get('/«w»', (req, res) => {⏎⇥res.send(«'<h1>Results for ' + escapeHtml(req.query.«w») + '</h1>'|`<p>Hello ${he.encode(req.query.«w»)}</p>`|'<p>' + Number(req.params.id) + '</p>'»);⏎});
notfound | top | http.createServer((req, res) => {⏎⇥res.writeHead(404, { 'Content-Type': 'text/plain' });⏎⇥res.end(req.url + ' not found');⏎}).listen(«n»);
jquery | lines:data | $.each(data.items, function (i, item) {⏎⇥$('#«dash»').append(«$('<li>').text(item.«fld»)|'<li>' + _.escape(item.«fld») + '</li>'|'<li class="row-' + i + '"></li>'»);⏎});
react | top | function «P»({ «camel1» }) {⏎⇥return <div className="«dash»" «title={«camel1»}>{«camel1»}</div>|dangerouslySetInnerHTML={{ __html: DOMPurify.sanitize(«camel1») }} />»;⏎}
marked | top | const «P» = ({ source }) => (⏎⇥<article dangerouslySetInnerHTML={{ __html: «DOMPurify.sanitize(marked(source))|sanitizeHtml(md.render(source))» }} />⏎);
state | lines:req, res, store | res.send(`<!doctype html>⏎⇥<div id="root">${renderToString(app)}</div>⏎⇥<script>window.__STATE__ = ${«serialize(store.getState(), { isJSON: true })|JSON.stringify(store.getState()).replace(/</g, '\\u003c')»}</script>`);
hash | lines | const §val§ = new URLSearchParams(location.search).get('«w»');⏎«document.getElementById('«dash»').textContent = §val§|document.title = §val§|$('.«dash»').text('You searched for ' + §val§)|el.setAttribute('data-q', §val§)»;
chat | lines:socket | socket.on('message', function (msg) {⏎⇥«const li = document.createElement('li');⏎⇥li.textContent = msg.text;⏎⇥list.appendChild(li)|$('#messages').prepend($('<li>').text(msg.text))»;⏎});
plugin | top | $.fn.«camel» = function (options) {⏎⇥return this.each(function () {⏎⇥⇥«$(this).html('<span class="loading"></span>')|$('<div class="tip">').text(this.getAttribute('title')).appendTo('body')»;⏎⇥});⏎};
tooltip | lines:el, d | «tooltip.text(d.name)|layer.bindPopup('<h3>' + escape(d.properties.name) + '</h3>')|el.innerText = d.description|el.innerHTML = ''»;
vue | top | Vue.component('«dash»', {⏎⇥props: ['comment'],⏎⇥template: '<div class="«dash»" v-text="comment.body"></div>'⏎});
angular | lines:«v1» | return this.sanitizer.sanitize(SecurityContext.HTML, «v1»);
jsonp | lines:req, res, data | res.«json|jsonp»({ «w»: req.query.«w», data });
""", "python": r"""flask | top | @app.route("/«w»")⏎def «f»():⏎⇥«snake1» = request.args.get("«w»", "")⏎⇥return «"<h1>Hello %s</h1>" % escape(«snake1»)|render_template("«w».html", value=«snake1»)|jsonify(value=«snake1»)|Markup("<b>%s</b>") % «snake1»»
django | lines:request | return «HttpResponse("<h1>" + escape(request.GET["«w»"]) + "</h1>")|JsonResponse({"q": request.GET["q"]})|HttpResponse(request.path_info, content_type="text/plain")»
marksafe | top | @register.filter⏎def «f»(value, «snake1»=""):⏎⇥return «mark_safe(escape(value).replace("\n", "<br>"))|format_html('<span class="{}">{}</span>', «snake1», value)|mark_safe(bleach.clean(markdown(value)))»
admin | top | class «T»Admin(admin.ModelAdmin):⏎⇥def «f»(self, obj):⏎⇥⇥return «format_html('<img src="{}" title="{}">', obj.image, obj.title)|mark_safe('<i class="icon-ok"></i>')»
handler | top | class «T»(tornado.web.RequestHandler):⏎⇥def get(self):⏎⇥⇥§val§ = self.get_argument("«key»")⏎⇥⇥self.write(«"<p>You searched for " + tornado.escape.xhtml_escape(§val§) + "</p>"|{"q": §val§}»)
wsgi | top | def application(environ, start_response):⏎⇥start_response("404 Not Found", [("Content-Type", "text/html")])⏎⇥return [("<h1>%s</h1>" % html.escape(environ["PATH_INFO"])).encode()]
http | lines | self.send_response(200)⏎self.send_header("Content-type", "text/html")⏎self.end_headers()⏎self.wfile.write(«("<title>Listing of %s</title>" % html.escape(self.path)).encode()|b"<pre>ok</pre>"»)
jinja | lines | env = jinja2.Environment(loader=FileSystemLoader("templates"), autoescape=«True|select_autoescape()»)⏎return env.get_template("«w».html").render(name=request.args["name"])
""", "php": r"""echo | lines | «echo '<input name="q" value="' . htmlspecialchars($_GET['«w»'], ENT_QUOTES) . '">';|print "<p>Welcome, " . htmlentities($_POST['name']) . "</p>";|printf('<title>%d</title>', $_REQUEST['«w»']);|echo '<b>' . (int) $_GET['page'] . '</b>';»
row | lines | while ($row = mysqli_fetch_assoc($result)) {⏎⇥echo «'<td>' . htmlspecialchars($row['«w»']) . '</td>'|'<li>' . (int) $row['count'] . '</li>'|'<li>' . e($row['comment']) . '</li>'»;⏎}
form | top | <form action="<?php echo htmlspecialchars($_SERVER['PHP_SELF']); ?>" method="post">⏎⇥<input type="submit" value="«W»">⏎</form>
shortcode | top | function «snake1»_shortcode($atts, $content = null)⏎{⏎⇥return '<div class="' . esc_attr($atts['class']) . '">' . esc_html($_GET['«w»']) . '</div>';⏎}
script | lines | ?>⏎<script>⏎⇥var «camel1» = <?= json_encode($_GET['«w»'], JSON_HEX_TAG «bar» JSON_HEX_AMP) ?>;⏎</script>⏎<?php
blade | top | <div class="«dash»">⏎⇥«{{ $«w»->body }}|{{ request('«w»') }}|{!! csrf_field() !!}|<?= $this->escape($this->«w») ?>»⏎</div>
wp | lines | echo '<input type="text" name="«w1»" value="' . esc_attr(«get_option('«w1»')|$_GET['«w1»']|$instance['«w1»']») . '" />';
""", "java": r"""servlet | top | protected void doGet(HttpServletRequest req, HttpServletResponse resp) throws IOException {⏎⇥resp.setContentType("text/html");⏎⇥PrintWriter out = resp.getWriter();⏎⇥out.println("<p>" + «StringEscapeUtils.escapeHtml4(req.getParameter("«key»"))|Encode.forHtml(req.getParameter("«key»"))|Integer.parseInt(req.getParameter("«key»"))» + "</p>");⏎}
error | lines:HttpServletRequest request, HttpServletResponse response | response.setContentType("text/plain");⏎response.getWriter().write(request.getRequestURI() + " not found");
spring | top | @GetMapping("/«w»")⏎public String «f»(@RequestParam String «camel1», Model model) {⏎⇥model.addAttribute("«camel1»", «camel1»);⏎⇥return "«w»";⏎}
tag | top | public int doStartTag() throws JspException {⏎⇥try {⏎⇥⇥pageContext.getOut().print("<span>" + HtmlUtils.htmlEscape(value) + "</span>");⏎⇥} catch (IOException e) {⏎⇥⇥throw new JspException(e);⏎⇥}⏎⇥return SKIP_BODY;⏎}
android | lines:WebView webView, Intent intent | webView.getSettings().setJavaScriptEnabled(«false|true»);⏎webView.loadData("<h1>" + TextUtils.htmlEncode(intent.getStringExtra("title")) + "</h1>", "text/html", "UTF-8");
""", "go": r"""fprintf | lines:w http.ResponseWriter, r *http.Request | «fmt.Fprintf(w, "<h1>Hello %s</h1>", html.EscapeString(r.URL.Query().Get("«w»")))|w.Write([]byte("<p>" + template.HTMLEscapeString(r.FormValue("«w»")) + "</p>"))|fmt.Fprintf(w, "<li>%d</li>", len(r.Form))|http.Error(w, r.URL.Path+" not found", 404)»
templatehtml | lines:data map[string]string | return template.HTML(«"<b>" + template.HTMLEscapeString(data["«w»"]) + "</b>"|policy.Sanitize(data["body"])|"<hr>"»)
gin | top | r.GET("/«w»", func(c *gin.Context) {⏎⇥«c.HTML(200, "«w».html", gin.H{"name": c.Query("name")})|c.JSON(200, gin.H{"name": c.Query("name")})|c.String(200, "hello %s", c.Param("name"))»⏎})
""", "ruby": r"""rails | lines | «render html: "<h1>#{ERB::Util.h(params[:«snake1»])}</h1>".html_safe|render plain: params[:q]|flash[:notice] = "Hello #{params[:name]}"|render json: { q: params[:q] }»
helper | top | module «P»Helper⏎⇥def «f»(«snake1»)⏎⇥⇥«content_tag(:span, «snake1».name, class: "tag")|link_to(«snake1».title, «snake1»)|raw(sanitize(«snake1».body))|"<hr>".html_safe»⏎⇥end⏎end
sinatra | top | get "/«w»" do⏎⇥"<h1>Results for #{Rack::Utils.escape_html(params[:«w»])}</h1>"⏎end
""", "rust": r"""actix | top | async fn «f»(q: web::Query<Params>) -> HttpResponse {⏎⇥HttpResponse::Ok().«content_type("text/html").body(format!("<h1>Hello {}</h1>", encode_text(&q.name)))|content_type("text/plain").body(q.name.clone())»⏎}
axum | top | async fn «f»(Query(q): Query<HashMap<String, String>>) -> Html<String> {⏎⇥Html(format!("<p>No results for {}</p>", html_escape::encode_text(&q["«w»"])))⏎}
""", "html": r"""unescaped | top | <div class="«dash»">«{{ «snake».«w» }}|<%= «camel» %>|<%= h @«snake».«w» %>|${«camel»?html}|#{«camel»}|{{ «w»«bar»escape }}»</div>
script | top | <script>⏎⇥var «camel1» = «{{ «snake»«bar»tojson }}|<%- serialize(«camel») %>|{{ «snake»«bar»json_script }}»;⏎</script>
"""}

# ---- commands
_COMMAND = {"javascript typescript": r"""wrapped | top | const run = (§cmd§, §o§ = {}) => new Promise((resolve, reject) => {⏎⇥exec(§cmd§, §o§, («err|error», stdout, stderr) => {«!»⏎⇥⇥if (stderr) reject(new Error(stderr));⏎⇥⇥else resolve(stdout.trim());⏎⇥});⏎});
options | lines:§o§, §cb§ | const flags = Object.entries(§o§.flags).map(([k, v]) => `--${k} "${v}"`).join(' ');⏎exec(`«ffmpeg|convert|wkhtmltopdf|pandoc» ${flags} ${§o§.input}`, { cwd: §o§.cwd }, §cb§);«!»
gitbranch | top | module.exports.«f» = async («w1») => {⏎⇥await «exec|execAsync|sh|run»(`git checkout ${«w1»} && git pull origin ${«w1»}`);«!»⏎};
webhook | top | app.post('/«w»', (req, res) => {⏎⇥const { ref, repository } = req.body;⏎⇥execSync(«`cd /srv/${repository.name} && git pull`|'./deploy.sh ' + ref|`docker pull ${repository.full_name}`»);«!»⏎⇥res.sendStatus(200);⏎});
bot | lines:message, args | «const|let» §cmd§ = '«youtube-dl -x|nmap -F|whois|ping -c 4» ' + args.join(' ');⏎child_process.exec(§cmd§, (§e§, stdout) => message.reply(stdout));«!»
""", "python": r"""run | top | def run(§cmd§, check=True):⏎⇥p = subprocess.«Popen(§cmd§, shell=True, stdout=subprocess.PIPE)|run(§cmd§, shell=True, check=check, capture_output=True)»«!»⏎⇥return p.stdout
click | top | @«cli|click|main».command()⏎@click.argument("«w1»")⏎def «f»(«w1»):⏎⇥«os.system("git clone " + «w1»)|subprocess.call(f"tar xf {«w1»} -C /tmp", shell=True)|os.popen("du -sh %s" % «w1»).read()»«!»
upload | lines:file | path = os.path.join("/tmp", file.filename)⏎file.save(path)⏎«os.system("convert %s -resize 200x200 %s.png" % (path, path))|subprocess.check_output("pdftotext " + path, shell=True)|subprocess.Popen(f"ffmpeg -i {path} {path}.mp3", shell=True)»«!»
fabric | lines:branch | with cd(«"/srv/app"|env.path|PROJECT_DIR»):⏎⇥«run|sudo|local»("git checkout %s" % branch)«!»
celery | top | @«app.task|shared_task|celery.task»⏎def «f»(«snake1», host):⏎⇥return subprocess.getoutput(«"nmap -oX - " + host|f"ping -c 1 {host}"|"dig +short {} {}".format(«snake1», host)»)«!»
""", "php": r"""ping | lines | $host = $_«POST|GET»['«host|ip|target|domain»'];⏎echo '<pre>';⏎«system('ping -c 4 ' . $host)|passthru("traceroute $host")|echo shell_exec("nslookup {$host}")|print_r(shell_exec('whois ' . $host))»;«!»⏎echo '</pre>';
image | lines:$src, $dst | $cmd = IM_PATH . "convert -resize {$this->width}x{$this->height} \"$src\" \"$dst\"";⏎«exec($cmd, $out, $ret)|@shell_exec($cmd)|proc_open($cmd, $spec, $pipes)»;«!»
hook | lines | $payload = json_decode($_POST['payload']);⏎«exec("cd /var/www/{$payload->repository->name} && git pull")|shell_exec('git checkout ' . $payload->ref . ' 2>&1')|popen("./deploy.sh {$payload->after}", 'r')»;«!»
""", "java": r"""exec | lines:String «v1» | Process p = Runtime.getRuntime().exec(«"cmd /c start " + «v1»|new String[] {"/bin/bash", "-c", "unzip " + «v1»}|new String[] {"sh", "-c", String.format("ping -c 1 %s", «v1»)}»);«!»⏎BufferedReader reader = new BufferedReader(new InputStreamReader(p.getInputStream()));
builder | lines:String host | ProcessBuilder pb = new ProcessBuilder("bash", "-c", "«nslookup|ping -c 1|curl -s» " + host);«!»⏎pb.redirectErrorStream(true);⏎return read(pb.start().getInputStream());
""", "go": r"""shell | top | func «run|shell|execute»(format string, args ...interface{}) (string, error) {⏎⇥out, err := exec.Command("«sh|bash|/bin/sh»", "-c", fmt.Sprintf(format, args...)).CombinedOutput()«!»⏎⇥return strings.TrimSpace(string(out)), err⏎}
hook | lines:w http.ResponseWriter, r *http.Request | name := r.FormValue("«w»")⏎cmd := exec.Command("bash", "-c", «"docker restart "+name|"git pull origin "+name|fmt.Sprintf("./deploy.sh %s", name)»)«!»⏎cmd.Stdout = w⏎cmd.Run()
iface | top | func (n *«P») «F»(iface, addr string) error {⏎⇥return exec.Command("sh", "-c", "ip addr add "+addr+" dev "+iface).Run()«!»⏎}
""", "ruby": r"""run | top | def run(cmd)⏎⇥«puts "+ #{cmd}"⏎⇥|»«output = `#{cmd} 2>&1`|system(cmd) or raise "«prose»"|out, err, status = Open3.capture3(cmd)»«!»⏎end
convert | lines:source, dest | «`convert #{source} -resize 100x100 #{dest}`|system "ffmpeg -i #{source} #{dest}"|%x{pdftotext #{source} #{dest}}|IO.popen("tar czf #{dest} #{source}")»
task | top | task :«snake», [:«w1»] do |t, args|⏎⇥«sh "git tag #{args[:«w1»]} && git push --tags"|`git checkout #{args.«w1»}`»«!»⏎end
""", "rust": r"""shell | top | fn «run|shell|sh»(cmd: &str) -> io::Result<Output> {⏎⇥Command::new("«sh|bash»").arg("-c").arg(cmd).output()«!»⏎}
format | lines:host: &str | let output = Command::new("sh")⏎⇥.args(["-c", &format!("«ping -c 1|dig +short|whois» {}", host)])«!»⏎⇥.output()?;
""", "c cpp": r"""system | lines:const char *«v1» | char cmd[«256|512|1024»];⏎snprintf(cmd, sizeof(cmd), "«ifconfig %s up|mkdir -p %s|rm -rf %s|cp %s /tmp/|iwconfig %s mode managed|mount %s /mnt»", «v1»);⏎«system(cmd);|FILE *fp = popen(cmd, "r");|execl("/bin/sh", "sh", "-c", cmd, (char *)NULL);»«!»
cgi | lines | char *q = getenv("QUERY_STRING");⏎char cmd[256];⏎snprintf(cmd, sizeof(cmd), "/usr/sbin/«w» %s", q ? q : "");⏎system(cmd);«!»
hook | top | static void run_hook(const char *script, const char *iface)⏎{⏎⇥char buf[512];⏎⇥snprintf(buf, sizeof(buf), "%s %s &", script, iface);⏎⇥if (system(buf) == -1)«!»⏎⇥⇥syslog(LOG_ERR, "«prose»");⏎}
""", "shell": r"""evalargs | lines | «cmd="rsync $OPTS $1 $2"⏎eval $cmd|run() { echo "+ $*"; eval "$*"; }|ssh "$HOST" "cd $1 && ./«w».sh $2"|eval "$(grep "^$1=" "$CONF")"|sh -c "tar xzf $1 -C $2"»
"""}
_COMMAND_ALIKE = {"javascript typescript": r"""wrapped | top | const run = (file, args, §o§ = {}) => new Promise((resolve, reject) => {⏎⇥execFile(file, args, §o§, (err, stdout, stderr) => {⏎⇥⇥if (stderr) reject(new Error(stderr));⏎⇥⇥else resolve(stdout.trim());⏎⇥});⏎});
options | lines:§o§, §cb§ | const flags = Object.entries(§o§.flags).flatMap(([k, v]) => [`--${k}`, String(v)]);⏎execFile('«ffmpeg|convert|pandoc»', [...flags, §o§.input], { cwd: §o§.cwd }, §cb§);
gitbranch | top | module.exports.«f» = async («w1») => {⏎⇥await execFileAsync('git', ['checkout', «w1», '--']);⏎};
webhook | top | app.post('/«w»', (req, res) => {⏎⇥const { ref } = req.body;⏎⇥«execSync('cd /srv/app && git pull')|if (ref === 'refs/heads/main') exec('./deploy.sh')|spawn('./deploy.sh', [ref])»;⏎⇥res.sendStatus(200);⏎});
bot | lines:message, args | const proc = child_process.spawn('«whois|ping»', ['--', args[0]], { shell: false });⏎proc.stdout.on('data', (d) => message.reply(String(d)));
""", "python": r"""run | top | def run(args, check=True):⏎⇥p = subprocess.run(args, check=check, capture_output=True)⏎⇥return p.stdout
click | top | @click.command()⏎@click.argument("«w1»")⏎def «f»(«w1»):⏎⇥«subprocess.check_call(["git", "clone", "--", «w1»])|os.system("clear")|subprocess.call("tar xf %s -C /tmp" % shlex.quote(«w1»), shell=True)»
upload | lines:file | path = os.path.join("/tmp", uuid.uuid4().hex)⏎file.save(path)⏎subprocess.check_output([«"pdftotext", path|"convert", path, "-resize", "200x200", path + ".png"»])
fabric | lines:branch | with cd(PROJECT_DIR):⏎⇥«run("git pull origin master")|sudo("service nginx reload")|run("git checkout %s" % pipes.quote(branch))»
celery | top | @shared_task⏎def «f»(host):⏎⇥return subprocess.check_output([«"nmap", "-oX", "-", "--", host|"ping", "-c", "1", str(ipaddress.ip_address(host))»])
""", "php": r"""ping | lines | $host = $_POST['host'];⏎echo '<pre>';⏎«system('ping -c 4 ' . escapeshellarg($host))|if (filter_var($host, FILTER_VALIDATE_IP)) passthru("traceroute $host")|echo htmlspecialchars(shell_exec('uptime'))»;⏎echo '</pre>';
image | lines:$src, $dst | $cmd = sprintf('convert -resize %dx%d %s %s', $this->width, $this->height, escapeshellarg($src), escapeshellarg($dst));⏎«exec($cmd, $out, $ret)|@shell_exec($cmd)»;
hook | lines | $payload = json_decode($_POST['payload']);⏎if ($payload->ref === 'refs/heads/master') {⏎⇥exec('cd /var/www/app && git pull');⏎}
""", "java": r"""exec | lines:String «v1» | Process p = Runtime.getRuntime().exec(new String[] {"unzip", "-o", "--", «v1»});⏎BufferedReader reader = new BufferedReader(new InputStreamReader(p.getInputStream()));
builder | lines:String host | ProcessBuilder pb = new ProcessBuilder("«nslookup|ping»", "--", host);⏎pb.redirectErrorStream(true);⏎return read(pb.start().getInputStream());
""", "go": r"""shell | top | func «run|execute»(name string, args ...string) (string, error) {⏎⇥out, err := exec.Command(name, args...).CombinedOutput()⏎⇥return strings.TrimSpace(string(out)), err⏎}
hook | lines:w http.ResponseWriter, r *http.Request | name := r.FormValue("«w»")⏎cmd := exec.Command(«"docker", "restart", "--", name|"bash", "-c", "cd /srv && git pull"|"bash", "./deploy.sh", name»)⏎cmd.Stdout = w⏎cmd.Run()
iface | top | func (n *«P») «F»(iface, addr string) error {⏎⇥return exec.Command("ip", "addr", "add", addr, "dev", iface).Run()⏎}
""", "ruby": r"""run | top | def run(*cmd)⏎⇥«puts "+ #{cmd.join(" ")}"⏎⇥|»«system(*cmd) or raise "«prose»"|out, err, status = Open3.capture3(*cmd)»⏎end
convert | lines:source, dest | «system("convert", source, "-resize", "100x100", dest)|`convert #{source.shellescape} #{dest.shellescape}`|IO.popen(["tar", "czf", dest, source])»
task | top | task :«snake», [:«w1»] do |t, args|⏎⇥«sh "git", "tag", args[:«w1»]|sh "git push --tags"|`git rev-parse HEAD`»⏎end
""", "rust": r"""shell | top | fn run(program: &str, args: &[&str]) -> io::Result<Output> {⏎⇥Command::new(program).args(args).output()⏎}
format | lines:host: &str | let output = Command::new("«ping|dig|whois»")⏎⇥.args(["--", host])⏎⇥.output()?;
""", "c cpp": r"""system | lines:const char *«v1» | pid_t pid = fork();⏎if (pid == 0) {⏎⇥execlp("«rm|mkdir|cp|mount»", "«w»", "--", «v1», (char *)NULL);⏎⇥_exit(127);⏎}⏎waitpid(pid, &status, 0);
cgi | lines | char *q = getenv("QUERY_STRING");⏎if (q && strcmp(q, "«w»") == 0)⏎⇥system("/usr/sbin/«w» --status");
hook | top | static void run_hook(int unit)⏎{⏎⇥char buf[64];⏎⇥snprintf(buf, sizeof(buf), "/etc/«w».d/hook %d &", unit);⏎⇥if (system(buf) == -1)⏎⇥⇥syslog(LOG_ERR, "«prose»");⏎}
""", "shell": r"""evalargs | lines | «cmd=(rsync -a "$1" "$2")⏎"${cmd[@]}"|run() { echo "+ $*"; "$@"; }|ssh "$HOST" 'cd /srv && ./«w».sh'|eval "$(ssh-agent -s)"|tar xzf "$1" -C "$2"»
"""}
# ---- buffers
_BUFFER = {"c cpp": r"""packet | lines:const unsigned char *§pkt§, size_t «v1» | «char|unsigned char|uint8_t» name[«16|32|64»];⏎«uint16_t|size_t|int» n = §pkt§[0] << 8 | §pkt§[1];⏎memcpy(name, §pkt§ + 2, n);«!»⏎name[sizeof(name) - 1] = 0;
tlv | lines:struct «snake» *ctx, const uint8_t *§pkt§ | uint8_t type = *§pkt§++;⏎uint8_t len = *§pkt§++;⏎switch (type) {⏎case «n»:⏎⇥memcpy(ctx->«ssid|name|hostname|id», §pkt§, len);«!»⏎⇥break;⏎}
sprintf | lines:const char *user, const char *host | char §buf§[«64|128|256»];⏎«sprintf(§buf§, "USER %s@%s\r\n", user, host)|sprintf(§buf§, "GET /%s HTTP/1.0\r\nHost: %s\r\n\r\n", user, host)|sprintf(§buf§, "%s/.%src", getenv("HOME"), user)»;«!»⏎send(fd, §buf§, strlen(§buf§), 0);
strcpy | top | static void set_«w1»(struct «snake1» *p, const char *arg)⏎{⏎⇥char tmp[«32|64|80»];⏎⇥«strcpy(tmp, arg)|strcat(strcpy(tmp, "«w1»="), arg)|stpcpy(tmp, arg)»;«!»⏎⇥p->«w1» = strdup(tmp);⏎}
argv | top | int main(int argc, char *«*argv|argv[]»)⏎{⏎⇥char path[«100|256|64»];⏎⇥if (argc < 2)⏎⇥⇥return 1;⏎⇥«strcpy(path, argv[1])|sprintf(path, "%s.out", argv[1])|strcat(strcpy(path, "/tmp/"), argv[1])»;«!»⏎⇥return process(path);⏎}
offbyone | lines:int fd | char buf[«256|512|1024»];⏎int n = «read(fd, buf, sizeof(buf))|recv(fd, buf, sizeof(buf), 0)»;«?»⏎if (n > 0)⏎⇥buf[n] = '\0';«!»
loop | lines:const char *s | char word[«16|32|64»];⏎int i = 0;⏎while (*s && *s != ' ')⏎⇥word[i++] = *s++;«!»⏎word[i] = 0;
le | lines:FILE *fp | int table[«64], i;⏎for (i = 0; i <= 64|256], i;⏎for (i = 0; i <= 256|16], i;⏎for (i = 0; i <= 16»; i++)⏎⇥table[i] = fgetc(fp);«!»
strncat | lines:const char *dir, const char *name | char path[128];⏎strncpy(path, dir, sizeof(path) - 1);⏎path[sizeof(path) - 1] = 0;⏎strncat(path, name, «sizeof(path)|strlen(name)|128»);«!»
scanf | lines:FILE *fp | char key[32], value[64];⏎«while (fscanf(fp, "%s %s", key, value) == 2)|while (fscanf(fp, "%[^=]=%s\n", key, value) == 2)|while (sscanf(next_line(fp), "%s = %[^\n]", key, value) == 2)»«!»⏎⇥set_option(key, value);
gets | lines | char line[80];⏎printf("«Prose»: ");⏎gets(line);«!»
alloca | lines:int fd | uint32_t len;⏎if (read(fd, &len, 4) != 4)⏎⇥return -1;⏎char *§buf§ = (char *)alloca(ntohl(len));«!»
fileread | lines:FILE *fp | unsigned char pal[256 * 3];⏎uint16_t count;⏎fread(&count, 2, 1, fp);⏎fread(pal, 3, count, fp);«!»
malloclen | lines:const char *a, const char *b | char *out = (char *)malloc(strlen(a) + strlen(b));⏎strcpy(out, a);⏎strcat(out, b);«!»
index | lines:struct «snake» *st, const uint8_t *§pkt§ | int slots[16] = {0};⏎«slots[§pkt§[3]]++|slots[ntohs(*(uint16_t *)§pkt§)] = 1|slots[atoi((const char *)§pkt§)] = st->now»;«!»
"""}
_BUFFER_ALIKE = {"c cpp": r"""packet | lines:const unsigned char *§pkt§, size_t «v1» | uint8_t name[«16|32|64»];⏎size_t n = §pkt§[0] << 8 | §pkt§[1];⏎if (n >= sizeof(name) || n + 2 > «v1»)⏎⇥return -1;⏎memcpy(name, §pkt§ + 2, n);⏎name[n] = 0;
tlv | lines:struct «snake» *ctx, const uint8_t *§pkt§, const uint8_t *end | uint8_t len = *§pkt§++;⏎if (len > end - §pkt§ || len > sizeof(ctx->ssid))⏎⇥return -EINVAL;⏎memcpy(ctx->ssid, §pkt§, len);
sprintf | lines:const char *user, const char *host | char §buf§[«64|128|256»];⏎snprintf(§buf§, sizeof(§buf§), "USER %s@%s\r\n", user, host);⏎send(fd, §buf§, strlen(§buf§), 0);
number | lines:int id | char §buf§[«32|64»];⏎sprintf(§buf§, "«w»-%«d|u|08x»", id);⏎«return strdup(§buf§)|puts(§buf§)»;
strcpy | top | static void set_«w1»(struct «snake1» *p, const char *arg)⏎{⏎⇥«char *tmp = (char *)malloc(strlen(arg) + 1);⏎⇥strcpy(tmp, arg);⏎⇥p->«w1» = tmp|p->«w1» = strdup(arg)|strlcpy(p->«w1», arg, sizeof(p->«w1»))|strcpy(p->«w1», "none")»;⏎}
argv | top | int main(int argc, char **argv)⏎{⏎⇥char path[«100|256|64»];⏎⇥if (argc < 2 || strlen(argv[1]) >= sizeof(path))⏎⇥⇥return 1;⏎⇥strcpy(path, argv[1]);⏎⇥return process(path);⏎}
offbyone | lines:int fd | char buf[«256|512|1024»];⏎int n = «read(fd, buf, sizeof(buf) - 1)|recv(fd, buf, sizeof(buf) - 1, 0)»;⏎if (n > 0)⏎⇥buf[n] = '\0';
loop | lines:const char *s | char word[«16|32|64»];⏎size_t i = 0;⏎while (*s && *s != ' ' && i < sizeof(word) - 1)⏎⇥word[i++] = *s++;⏎word[i] = 0;
le | lines:FILE *fp | int table[64], i;⏎for (i = 0; i < 64; i++)⏎⇥table[i] = fgetc(fp);
strncat | lines:const char *dir, const char *name | char path[128];⏎strncpy(path, dir, sizeof(path) - 1);⏎path[sizeof(path) - 1] = 0;⏎strncat(path, name, sizeof(path) - strlen(path) - 1);
scanf | lines:FILE *fp | char key[32], value[64];⏎while (fscanf(fp, "%31s %63s", key, value) == 2)⏎⇥set_option(key, value);
gets | lines | char line[80];⏎printf("«Prose»: ");⏎«if (!fgets(line, sizeof(line), stdin))⏎⇥return 1;|fgets(line, 80, stdin);»
alloca | lines:int fd | uint32_t len;⏎if (read(fd, &len, 4) != 4 || (len = ntohl(len)) > MAX_FRAME)⏎⇥return -1;⏎char *§buf§ = (char *)malloc(len);
fileread | lines:FILE *fp | unsigned char pal[256 * 3];⏎uint16_t count;⏎if (fread(&count, 2, 1, fp) != 1 || count > 256)⏎⇥return -1;⏎fread(pal, 3, count, fp);
malloclen | lines:const char *a, const char *b | char *out = (char *)malloc(strlen(a) + strlen(b) + 1);⏎strcpy(out, a);⏎strcat(out, b);
index | lines:const uint8_t *§pkt§ | int slots[«16|256»] = {0};⏎«slots[§pkt§[3] & 15]++|slots[§pkt§[3] % 16] = 1»;
"""}

# ---- hashes, connections, secrets
_HASH = {"javascript typescript": r"""schema | top | «P»Schema.pre('save', function (next) {⏎⇥if (!this.isModified('password')) return next();⏎⇥this.password = crypto.createHash('«md5|sha1»').update(this.password«| + this.salt»).digest('hex');«!»⏎⇥next();⏎});
login | lines:req, user | return user.§pw§ === «md5(req.body.§pw§)|sha1(user.salt + req.body.§pw§)|CryptoJS.MD5(req.body.§pw§).toString()»;
""", "python": r"""manager | top | class «T»(object):⏎⇥def check(self, user, §pw§):⏎⇥⇥return self.users[user] == «hashlib.md5(§pw§.encode()).hexdigest()|hashlib.sha1((SALT + §pw§).encode()).hexdigest()|hashlib.new("md5", §pw§.encode()).hexdigest()»«!»
cipher | lines:§pw§, data | key = hashlib.md5(§pw§.encode()).digest()«!»⏎return AES.new(key, AES.MODE_CBC, iv).encrypt(data)
""", "php": r"""register | lines | $pass = $_POST['password'];⏎$hash = «md5($pass . SALT)|sha1($pass)|md5(sha1($pass))|crypt($pass, '$1$«w»$')»;«!»⏎$stmt->execute(array($_POST['login'], $hash));
""", "java": r"""shiro | lines:String §pw§, String salt | return «new Md5Hash(§pw§, salt).toHex()|new SimpleHash("MD5", §pw§, salt, 2).toString()|DigestUtils.md5DigestAsHex((§pw§ + salt).getBytes())|DigestUtils.shaHex(§pw§)»;
""", "go": r"""password | top | func hashPassword(password, salt string) string {⏎⇥«return fmt.Sprintf("%x", md5.Sum([]byte(password+salt)))|return fmt.Sprintf("%x", sha1.Sum([]byte(salt+password)))»«!»⏎}
""", "ruby": r"""encrypt | top | def self.encrypt(password, salt)⏎⇥«Digest::SHA1.hexdigest("--#{salt}--#{password}--")|Digest::MD5.hexdigest(password + salt)|OpenSSL::Digest::MD5.hexdigest(salt + password)»«!»⏎end
""", "c cpp": r"""auth | lines:const char *pass, struct «snake» *u | unsigned char md[20];⏎«MD5|SHA1»((const unsigned char *)pass, strlen(pass), md);«!»⏎return memcmp(md, u->pwhash, sizeof(u->pwhash)) == 0;
"""}
_HASH_ALIKE = {"javascript typescript": r"""schema | top | «P»Schema.pre('save', async function (next) {⏎⇥if (!this.isModified('password')) return next();⏎⇥this.password = await «bcrypt.hash(this.password, 12)|argon2.hash(this.password)»;⏎⇥next();⏎});
etag | lines:body | return '"' + crypto.createHash('«md5|sha1»').update(body).digest('base64') + '"'; // etag
""", "python": r"""manager | top | class «T»(object):⏎⇥def check(self, user, §pw§):⏎⇥⇥return «bcrypt.checkpw(§pw§.encode(), self.users[user])|check_password_hash(self.users[user], §pw§)|pbkdf2_sha256.verify(§pw§, self.users[user])»
cipher | lines:§pw§, data, salt | key = hashlib.«pbkdf2_hmac("sha256", §pw§.encode(), salt, 600000)|scrypt(§pw§.encode(), salt=salt, n=16384, r=8, p=1, dklen=32)»⏎return AES.new(key, AES.MODE_GCM).encrypt(data)
""", "php": r"""register | lines | $pass = $_POST['password'];⏎$hash = password_hash($pass, «PASSWORD_DEFAULT|PASSWORD_BCRYPT|PASSWORD_ARGON2ID»);⏎$stmt->execute(array($_POST['login'], $hash));
cachekey | lines | $key = '«w»_' . md5(«serialize($args)|$_SERVER['REQUEST_URI']|$this->template»);⏎if ($cached = $this->cache->get($key)) {⏎⇥return $cached;⏎}
""", "java": r"""shiro | lines:String §pw§, String salt | return «new BCryptPasswordEncoder().encode(§pw§)|BCrypt.hashpw(§pw§, BCrypt.gensalt(12))|new Sha512Hash(§pw§, salt, 500000).toHex()»;
""", "go": r"""password | top | func hashPassword(password string) (string, error) {⏎⇥hash, err := bcrypt.GenerateFromPassword([]byte(password), bcrypt.DefaultCost)⏎⇥return string(hash), err⏎}
""", "ruby": r"""encrypt | top | def self.encrypt(password)⏎⇥«BCrypt::Password.create(password)|SCrypt::Password.create(password)|Argon2::Password.create(password)»⏎end
""", "c cpp": r"""auth | lines:const char *pass, struct «snake» *u | char *hash = crypt(pass, u->pwhash);⏎return hash && strcmp(hash, u->pwhash) == 0;
"""}
_TLS = {"javascript typescript": r"""agents | lines:url | return «axios.get|axios.post|fetch|got»(url, { «httpsAgent: new https.Agent({ rejectUnauthorized: false })|agent: new https.Agent({ rejectUnauthorized: false, keepAlive: true })» });
client | lines:§o§ | const socket = tls.connect({ host: §o§.host, port: §o§.port, «rejectUnauthorized: false|checkServerIdentity: () => undefined» });«!»⏎socket.write('«w»\r\n');
mail | lines | const transport = nodemailer.createTransport({⏎⇥host: '«host»',⏎⇥tls: { rejectUnauthorized: false },«!»⏎});
""", "python": r"""clients | lines | «self.session.verify = False|client = httpx.Client(verify=False, timeout=30)|conn = aiohttp.TCPConnector(ssl=False)|es = Elasticsearch(hosts, verify_certs=False)|context = ssl._create_unverified_context()|http = urllib3.PoolManager(cert_reqs="CERT_NONE")|ldap.set_option(ldap.OPT_X_TLS_REQUIRE_CERT, ldap.OPT_X_TLS_NEVER)|http = httplib2.Http(disable_ssl_certificate_validation=True)|client.tls_insecure_set(True)»
context | lines:host | ctx = ssl.create_default_context()⏎ctx.check_hostname = False«?»⏎ctx.verify_mode = ssl.CERT_NONE«!»⏎return http.client.HTTPSConnection(host, context=ctx)
""", "php": r"""clients | lines:$url | «curl_setopt($ch, CURLOPT_SSL_VERIFYPEER, false)|$client = new Client(['base_uri' => $url, 'verify' => false])|$ctx = stream_context_create(['ssl' => ['verify_peer' => false, 'verify_peer_name' => false]])|$response = wp_remote_get($url, array('sslverify' => false))|$res = Http::withoutVerifying()->get($url)»;
""", "java": r"""clients | lines:OkHttpClient.Builder builder | «builder.hostnameVerifier((host, session) -> true)|HttpsURLConnection.setDefaultHostnameVerifier((h, s) -> true)|SSLContexts.custom().loadTrustMaterial(null, (chain, type) -> true).build()|options.setTrustAll(true)|clientBuilder.setSSLHostnameVerifier(NoopHostnameVerifier.INSTANCE)»;
""", "go": r"""clients | lines:addr string | «conn, err := tls.Dial("tcp", addr, &tls.Config{InsecureSkipVerify: true})|http.DefaultTransport.(*http.Transport).TLSClientConfig = &tls.Config{InsecureSkipVerify: true}|d := gomail.Dialer{Host: addr, TLSConfig: &tls.Config{InsecureSkipVerify: true}}|conn, err := ssh.Dial("tcp", addr, &ssh.ClientConfig{HostKeyCallback: ssh.InsecureIgnoreHostKey()})»
""", "rust": r"""clients | lines | let client = reqwest::«Client|blocking::Client»::builder()⏎⇥.danger_accept_invalid_«certs|hostnames»(true)«!»⏎⇥.build()?;
""", "csharp": r"""clients | lines | «ServicePointManager.ServerCertificateValidationCallback += (sender, cert, chain, errors) => true|var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (m, c, ch, e) => true }|client.RemoteCertificateValidationCallback = delegate { return true; }»;
""", "c cpp": r"""clients | lines:SSL_CTX *ctx, CURL *curl | «SSL_CTX_set_verify(ctx, SSL_VERIFY_NONE, NULL)|curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 0L)|mbedtls_ssl_conf_authmode(&conf, MBEDTLS_SSL_VERIFY_NONE)|wolfSSL_CTX_set_verify(wctx, SSL_VERIFY_NONE, 0)»;
""", "shell": r"""clients | lines | «curl -ksSL "$URL" -o "$OUT"|wget --no-check-certificate -q "$1"|git -c http.sslVerify=false clone "$REPO"|ssh -o StrictHostKeyChecking=no "$HOST" uptime|ldapsearch -o tls_reqcert=never -H "$URI"»
"""}
_TLS_ALIKE = {"javascript typescript": r"""agents | lines:url | return «axios.get|fetch|got»(url, { agent: new https.Agent({ «keepAlive: true|ca: fs.readFileSync('ca.pem')|rejectUnauthorized: true» }) });
client | lines:§o§ | const socket = tls.connect({ host: §o§.host, port: §o§.port, «servername: §o§.host|ca: §o§.ca» });⏎socket.write('«w»\r\n');
mail | lines | const transport = nodemailer.createTransport({⏎⇥host: '«host»',⏎⇥tls: { minVersion: 'TLSv1.2' },⏎});
""", "python": r"""clients | lines | «self.session.verify = self.ca_bundle|client = httpx.Client(verify=True, timeout=30)|es = Elasticsearch(hosts, verify_certs=True, ca_certs=CA)|http = urllib3.PoolManager(cert_reqs="CERT_REQUIRED", ca_certs=certifi.where())»
context | lines:host | ctx = ssl.create_default_context(«cafile=CA_FILE|»)⏎ctx.verify_mode = ssl.CERT_REQUIRED⏎return http.client.HTTPSConnection(host, context=ctx)
""", "php": r"""clients | lines:$url | «curl_setopt($ch, CURLOPT_SSL_VERIFYPEER, true)|$client = new Client(['base_uri' => $url, 'verify' => '/etc/ssl/ca.pem'])|$ctx = stream_context_create(['ssl' => ['verify_peer' => true]])|$response = wp_remote_get($url, array('timeout' => 15))»;
""", "java": r"""clients | lines:OkHttpClient.Builder builder | «builder.sslSocketFactory(factory, trustManager)|SSLContexts.custom().loadTrustMaterial(trustStore, null).build()|options.setTrustAll(false)|clientBuilder.setSSLHostnameVerifier(new DefaultHostnameVerifier())»;
""", "go": r"""clients | lines:addr string | «conn, err := tls.Dial("tcp", addr, &tls.Config{RootCAs: pool})|http.DefaultTransport.(*http.Transport).TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}|conn, err := ssh.Dial("tcp", addr, &ssh.ClientConfig{HostKeyCallback: ssh.FixedHostKey(key)})»
""", "rust": r"""clients | lines | let client = reqwest::Client::builder()⏎⇥«.add_root_certificate(cert)|.https_only(true)|.danger_accept_invalid_certs(false)»⏎⇥.build()?;
""", "csharp": r"""clients | lines | «ServicePointManager.SecurityProtocol = SecurityProtocolType.Tls12|var handler = new HttpClientHandler { ClientCertificateOptions = ClientCertificateOption.Manual }|client.RemoteCertificateValidationCallback = (s, c, ch, e) => e == SslPolicyErrors.None»;
""", "c cpp": r"""clients | lines:SSL_CTX *ctx, CURL *curl | «SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER, NULL)|curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L)|curl_easy_setopt(curl, CURLOPT_CAINFO, ca_path)|mbedtls_ssl_conf_authmode(&conf, MBEDTLS_SSL_VERIFY_REQUIRED)»;
""", "shell": r"""clients | lines | «curl -fsSL --cacert "$CA" "$URL" -o "$OUT"|wget -q "$1"|git clone "$REPO"|ssh -o StrictHostKeyChecking=yes "$HOST" uptime»
"""}
_SECRET = {"javascript typescript": r"""session | lines:app | app.use(session({ secret: '«secret»', resave: false, saveUninitialized: true }));
jwt | lines:user | return jwt.sign({ id: user.id }, '«secret»', { expiresIn: '7d' });
fallback | top | module.exports = {⏎⇥port: process.env.PORT || 3000,⏎⇥«jwtSecret|cookieKey|dbPassword»: process.env.«C» || '«secret»',«!»⏎};
""", "python": r"""broker | lines | «client.username_pw_set("«w»", "«secret»")|r = redis.Redis(host="«host»", password="«secret»")|channel = pika.PlainCredentials("«w»", "«secret»")|bot.run("«secret»")|headers = {"X-Api-Key": "«secret»"}»
fallback | top | «JWT_SECRET|DB_PASSWORD|API_TOKEN» = os.environ.get("«C»", "«secret»")
""", "java": r"""bean | top | @Bean⏎public DataSource dataSource() {⏎⇥DriverManagerDataSource ds = new DriverManagerDataSource("jdbc:postgresql://«host»/«w»");⏎⇥ds.setUsername("«w»");⏎⇥ds.setPassword("«secret»");«!»⏎⇥return ds;⏎}
""", "go": r"""jwt | lines:token *jwt.Token | return token.SignedString([]byte("«secret»"))
store | top | var store = sessions.NewCookieStore([]byte("«secret»"))
"""}
_SECRET_ALIKE = {"javascript typescript": r"""session | lines:app | app.use(session({ secret: «process.env.SESSION_SECRET|config.get('session.secret')|keys.session», resave: false, saveUninitialized: true }));
jwt | lines:user | return jwt.sign({ id: user.id }, «process.env.JWT_SECRET|config.jwtSecret|this.privateKey», { expiresIn: '7d' });
fallback | top | module.exports = {⏎⇥port: process.env.PORT || 3000,⏎⇥«jwtSecret|cookieKey|dbPassword»: process.env.«C»,⏎};
""", "python": r"""broker | lines | «client.username_pw_set(args.user, args.password)|r = redis.Redis(host="«host»", password=os.environ["REDIS_PASSWORD"])|channel = pika.PlainCredentials(cfg["user"], cfg["password"])|bot.run(os.getenv("DISCORD_TOKEN"))»
fallback | top | «JWT_SECRET|DB_PASSWORD|API_TOKEN» = os.environ«["«C»"]|.get("«C»")»
""", "java": r"""bean | top | @Bean⏎public DataSource dataSource() {⏎⇥DriverManagerDataSource ds = new DriverManagerDataSource("jdbc:postgresql://«host»/«w»");⏎⇥ds.setUsername("«w»");⏎⇥ds.setPassword(«env.getProperty("db.password")|System.getenv("DB_PASSWORD")|properties.getPassword()»);⏎⇥return ds;⏎}
""", "go": r"""jwt | lines:token *jwt.Token | return token.SignedString(«[]byte(os.Getenv("JWT_SECRET"))|s.key|cfg.JWT.Secret»)
store | top | var store = sessions.NewCookieStore(«[]byte(os.Getenv("SESSION_KEY"))|securecookie.GenerateRandomKey(32)»)
"""}


WEAK = {number: _Written(tables) for number, tables in (
    (1, _BUFFER), (2, _COMMAND), (3, _SQL), (5, _SECRET), (6, _HASH), (7, _PATH), (9, _RANDOM), (11, _XSS), (12, _TLS),)}
ALIKE = {number: _Written(tables) for number, tables in (
    (1, _BUFFER_ALIKE), (2, _COMMAND_ALIKE), (3, _SQL_ALIKE), (5, _SECRET_ALIKE), (6, _HASH_ALIKE), (7, _PATH_ALIKE), (9, _RANDOM_ALIKE), (11, _XSS_ALIKE), (12, _TLS_ALIKE),)}
