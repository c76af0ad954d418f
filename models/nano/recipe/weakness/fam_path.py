# SPDX-License-Identifier: Apache-2.0
"""Path traversal: a value from outside becomes part of a path; harmless when it is checked, reduced or fixed."""
from .family import Family

_PAYLOADS = ["«path»/«X»", "«path»/«X»", "./«w»/«X»", "«w»/«X»", "«path»/«X».«ext»", "./«w»/«X».«ext»", "«X».«ext»", "uploads/«X»",
             "static/«X»", "«path»/«w»-«X».«ext»", "../«w»/«X»", "templates/«X».html", "/tmp/«X»", "/var/www/«w»/«X»", "data/«X»",
             "«w»/«w»/«X»", "files/«X»", "/srv/«w»/«X»/«w».«ext»"]
_CONSTANTS = ["«path»/«w».«ext»", "./«w».«ext»", "«w»/«w».«ext»", "/etc/«w».conf", "/proc/«w»", "«w».«ext»", "../«w»/«w».«ext»", "/dev/null",
              "config/«w».yaml", "templates/«w».html"]

PATH = Family(
    7, "path-traversal", held_out_language="perl", param_share=0.15,
    param_languages=("python", "javascript", "typescript", "php", "java", "go", "ruby", "csharp"), tags=frozenset(("web",)), value_names=tuple(
        "filename name path file doc fname page template attachment key lang avatar report".split()),
    text_names=tuple("path file_path full_path target filename file dest filepath location".split()),
    flow_share=0.9,
    payloads={"*": _PAYLOADS}, constants={"*": _CONSTANTS},
    sinks={
        "python": """
open | expr | open⟦«E»⟧
open | expr | open⟦«E»¦"«r|rb|w|wb|a»"⟧«||.read()»
open | lines | with open(«E»«|, "rb"|, encoding="utf-8"|, "w"») as «v1»:«!»⏎⇥«return «v1».read()|«v» = «v1».read()|«v1».write(«v»)|«v» = json.load(«v1»)»
send_file | expr | send_file⟦«E»«||¦as_attachment=True»⟧
os.remove | expr | os.«remove|unlink»⟦«E»⟧
Path.read | expr | «Path|pathlib.Path»⟦«E»⟧.«read_text|read_bytes|unlink|open»()
shutil | expr | shutil.«copy|rmtree|move|copyfile»⟦«E»«|¦«v»»⟧
FileResponse | expr | FileResponse⟦«E»⟧
io.open | expr | «io.open|codecs.open|gzip.open»⟦«E»«|¦"rb"»⟧
os.listdir | expr | os.«listdir|scandir|makedirs|mkdir»⟦«E»⟧
aiofiles | expr | aiofiles.open⟦«E»⟧
zipfile | expr | zipfile.ZipFile⟦«E»⟧
tarfile | expr | tarfile.open⟦«E»⟧
rename | expr | os.rename⟦«v»¦«E»⟧
upload.save | stmt | «v».save⟦«E»⟧
FileResponse | expr | HttpResponse⟦open(«E», "rb")⟧
np.load | expr | «np.load|pd.read_csv|Image.open»⟦«E»⟧
""",
        "javascript typescript": """
readFile | expr | «fs|fsp|fs.promises».readFile⟦«E»«|¦'utf8'»⟧
readFile | stmt | fs.readFile⟦«E»¦(err, data) => res.send(data)⟧
readFileSync | expr | fs.readFileSync⟦«E»«||¦'utf8'|¦'utf-8'»⟧«||.toString()»
createReadStream | expr | fs.createReadStream⟦«E»⟧«|.pipe(res)»
sendFile | stmt | res.«sendFile|download|sendfile»⟦«E»⟧
writeFile | expr | fs.«writeFile|writeFileSync|appendFile»⟦«E»¦«v»⟧
unlink | expr | fs.«unlink|unlinkSync|rm|rmSync»⟦«E»⟧
createWriteStream | expr | fs.createWriteStream⟦«E»⟧
existsread | expr | «readFileSync|readFile»⟦«E»¦'utf8'⟧
require | expr | require⟦«E»⟧
readdir | expr | fs.«readdir|readdirSync»⟦«E»⟧
copy | expr | fs.«copyFile|rename|copyFileSync»⟦«v»¦«E»⟧
render | stmt | res.render⟦«E»⟧
open | expr | «fs|fsPromises».open⟦«E»¦'r'⟧
mv | expr | «v».mv⟦«E»⟧
""",
        "php": """
file_get_contents | expr | file_get_contents⟦«E»⟧
include | lines | «include|include_once» «E»;
fopen | expr | fopen⟦«E»¦'«r|rb|w|a»'⟧
readfile | stmt | readfile⟦«E»⟧
require | lines | «require|require_once»(«E»);
unlink | expr | unlink⟦«E»⟧
file_put_contents | expr | file_put_contents⟦«E»¦$«v»⟧
file | expr | file⟦«E»⟧
move_uploaded_file | expr | move_uploaded_file⟦$_FILES['«key»']['tmp_name']¦«E»⟧
include2 | lines | include(«E»);
SplFileObject | expr | new SplFileObject⟦«E»⟧
scandir | expr | «scandir|mkdir|rmdir|opendir»⟦«E»⟧
copy | expr | «copy|rename»⟦$«v»¦«E»⟧
download | expr | response()->download⟦«E»⟧
parse_ini | expr | «parse_ini_file|simplexml_load_file|show_source|highlight_file»⟦«E»⟧
""",
        "java": """
new.File | expr | new File⟦«E»⟧
FileInputStream | expr | new FileInputStream⟦«E»⟧
Files.read | expr | Files.«readAllBytes|readString|newInputStream|lines»⟦Paths.get(«E»)⟧
FileReader | expr | new «FileReader|Scanner|BufferedReader»⟦new FileReader(«E»)⟧
FileOutputStream | expr | new FileOutputStream⟦«E»⟧
Files.delete | expr | Files.«delete|deleteIfExists»⟦Path.of(«E»)⟧
base.resolve | expr | Files.readString⟦«baseDir|root|«v»».resolve(«E»)⟧
FileUtils | expr | FileUtils.readFileToString⟦new File(«E»)¦"UTF-8"⟧
transferTo | stmt | «file|upload».transferTo⟦new File(«E»)⟧
RandomAccess | expr | new RandomAccessFile⟦«E»¦"r"⟧
FileSystemResource | expr | new «FileSystemResource|UrlResource»⟦«E»⟧
new.File2 | expr | new File⟦«v»¦«E»⟧
getResource | expr | servletContext.getResourceAsStream⟦«E»⟧
""",
        "go": """
os.Open | expr | os.Open⟦«E»⟧
ReadFile | expr | «os|ioutil».ReadFile⟦«E»⟧
ServeFile | stmt | http.ServeFile⟦w¦r¦«E»⟧
os.Create | expr | os.Create⟦«E»⟧
WriteFile | expr | «os|ioutil».WriteFile⟦«E»¦«v»¦0644⟧
os.Remove | expr | os.«Remove|RemoveAll|Mkdir»⟦«E»⟧
filepath.Join | expr | os.«Open|ReadFile»⟦filepath.Join(«camel»Dir, «E»)⟧
c.File | stmt | c.File⟦«E»⟧
OpenFile | expr | os.OpenFile⟦«E»¦os.O_RDWR|os.O_CREATE¦0600⟧
SaveUploaded | expr | c.SaveUploadedFile⟦file¦«E»⟧
ReadDir | expr | «os|ioutil».ReadDir⟦«E»⟧
ParseFiles | expr | template.ParseFiles⟦«E»⟧
""",
        "rust": """
File.open | expr | «File|fs::File|std::fs::File»::open⟦&«E»⟧
read_to_string | expr | «fs|std::fs»::read_to_string⟦«E»⟧
fs.read | expr | fs::read⟦&«E»⟧
NamedFile | expr | NamedFile::open⟦«E»⟧
join | expr | fs::read⟦Path::new("«path»").join(&«E»)⟧
remove | expr | fs::«remove_file|remove_dir_all|create_dir»⟦&«E»⟧
create | expr | File::create⟦«E»⟧
tokio | expr | tokio::fs::«read|read_to_string»⟦&«E»⟧
write | expr | fs::write⟦&«E»¦«v»⟧
""",
        "c": """
fopen | expr | fopen⟦«E»¦"«r|rb|w|a|wb»"⟧
open | expr | open⟦«E»¦«O_RDONLY|O_RDWR|O_WRONLY»⟧
unlink | expr | «unlink|remove»⟦«E»⟧
stat | expr | «stat|lstat»⟦«E»¦&«v»⟧
opendir | expr | opendir⟦«E»⟧
rename | expr | rename⟦«v»¦«E»⟧
freopen | expr | freopen⟦«E»¦"r"¦stdin⟧
creat | expr | «creat|mkdir»⟦«E»¦0644⟧
sendfile | lines | int fd = open(«E», O_RDONLY);«!»⏎sendfile(«v», fd, NULL, «n»);
""",
        "cpp": """
ifstream | expr | std::ifstream «v»⟦«E»⟧
fopen | expr | «fopen|std::fopen»⟦«Ec»¦"rb"⟧
ofstream | expr | std::ofstream «v»⟦«E»¦std::ios::binary⟧
fs.remove | expr | «fs|std::filesystem»::«remove|remove_all|create_directories»⟦«E»⟧
read_file | expr | «read_file|ReadFile|load_file|slurp»⟦«E»⟧
stream.open | stmt | «file|in|stream».open⟦«E»⟧
open | expr | ::open⟦«Ec»¦O_RDONLY⟧
set_content | stmt | res.set_file_content⟦«E»⟧
QFile | expr | QFile «v»⟦QString::fromStdString(«E»)⟧
""",
        "ruby": """
File.read | expr | File.«read|readlines|binread»⟦«E»⟧
File.open | expr | File.open⟦«E»«|¦"rb"|¦"w"»⟧
send_file | stmt | send_file⟦«E»⟧
File.delete | expr | «File.delete|FileUtils.rm|FileUtils.rm_rf»⟦«E»⟧
IO.read | expr | IO.«read|binread»⟦«E»⟧
File.new | expr | File.new⟦«E»⟧
join | expr | File.read⟦File.join(«C», «E»)⟧
render | stmt | render⟦file: «E»⟧
root.join | expr | Rails.root.join⟦"«w»"¦«E»⟧.read
File.write | expr | File.write⟦«E»¦«v»⟧
""",
        "csharp": """
ReadAllText | expr | «System.IO.|»File.«ReadAllText|ReadAllBytes|OpenRead|ReadAllLines»⟦«E»⟧
FileStream | expr | new FileStream⟦«E»¦FileMode.Open⟧
PhysicalFile | expr | PhysicalFile⟦«E»¦"application/octet-stream"⟧
Delete | expr | File.Delete⟦«E»⟧
StreamReader | expr | new StreamReader⟦«E»⟧
Combine | expr | File.ReadAllText⟦Path.Combine(_root, «E»)⟧
SaveAs | stmt | «v».SaveAs⟦Server.MapPath(«E»)⟧
TransmitFile | stmt | Response.«TransmitFile|WriteFile»⟦«E»⟧
""",
        "perl": """
open | expr | open⟦my $«v»¦'<'¦«E»⟧
unlink | expr | unlink⟦«E»⟧
do | expr | «do|require» «E»
open2 | expr | open⟦FH¦«E»⟧
slurp | expr | «read_file|slurp|path»⟦«E»⟧
sendfile | stmt | send_file⟦«E»⟧
""",
    },
    bound={
        "python": """
send_from_directory | expr | send_from_directory⟦«C»_DIR¦«X»⟧
open | lines | «v1» = os.path.realpath(os.path.join(«C1»_DIR, «X»))⏎if not «v1».startswith(«C1»_DIR«| + os.sep»):⏎⇥«abort(403)|raise PermissionError(«v1»)|return None|raise ValueError("«prose»")»⏎«return open(«v1»).read()|return send_file(«v1»)|with open(«v1»«|, "rb"») as «v2»:⏎⇥return «v2».read()»
open | lines | «v1» = (BASE / «X»).resolve()⏎«if not «v1».is_relative_to(BASE):|if BASE not in «v1».parents:»⏎⇥raise ValueError("«prose»")⏎return «v1».«read_text|read_bytes»()
open | lines | if os.path.commonpath([«C1», os.path.abspath(os.path.join(«C1», «X»))]) != «C1»:⏎⇥return None⏎return open(os.path.join(«C1», «X»))
open | lines | if ".." in «X» or «X».startswith("/"):⏎⇥«abort(400)|return None»⏎with open(os.path.join("«path»", «X»)) as «v1»:⏎⇥return «v1».read()
safe_join | expr | open⟦safe_join(«C», «X»)⟧
get_template | expr | env.get_template⟦"«w».html"⟧.render(«w»=«X»)
storage | expr | «storage|bucket|s3».«get|open|blob»⟦«X»⟧
dict | expr | «C»_FILES.get⟦«X»⟧
""",
        "javascript typescript": """
sendFile | stmt | res.sendFile⟦path.basename(«X»)¦{ root: «C»_DIR }⟧
readFile | lines | const «v1» = path.resolve(«C1», «X»);⏎if (!«v1».startsWith(«C1»«| + path.sep»)) {⏎⇥return res.«sendStatus(403)|status(400).end()»;⏎}⏎«fs.createReadStream(«v1»).pipe(res);|res.sendFile(«v1»);|return fs.readFileSync(«v1»);|const «v» = await fs.promises.readFile(«v1»);»
readFile | lines | if («X».includes('..')) {⏎⇥return res.status(400).end();⏎}⏎return fs.promises.readFile(path.join(ROOT, «X»));
relative | lines | const «v1» = path.relative(root, path.resolve(root, «X»));⏎if («v1».startsWith('..') || path.isAbsolute(«v1»)) return null;⏎return fs.readFileSync(path.join(root, «v1»));
map | expr | «camel»Files[«X»]
render | stmt | res.render⟦'«w»'¦{ «w»: «X» }⟧
static | expr | express.static⟦'«w»'⟧
fetch | expr | fetch⟦'/api/«w»/' + encodeURIComponent(«X»)⟧
""",
        "php": """
file_get_contents | lines | $path = realpath($base . '/' . «X»);⏎if ($path === false || strpos($path, $base) !== 0) {⏎⇥«exit('«prose»');|throw new \\RuntimeException('«prose»');|return null;»⏎}⏎return file_get_contents($path);
readfile | lines | $path = realpath('«path»/' . basename(«X»));⏎readfile($path);
map | expr | $this->files[«X»]
view | expr | view⟦'«w»'¦['«w»' => «X»]⟧
storage | expr | Storage::get⟦basename(«X»)⟧
""",
        "java": """
Files.read | lines | Path «v1» = «v».resolve(«X»).normalize();⏎if (!«v1».startsWith(root)) {⏎⇥throw new «SecurityException|IOException»("«prose»");⏎}⏎return Files.«readAllBytes|readString»(«v1»);
new.File | lines | File «v1» = new File(BASE, «X»);⏎if (!«v1».getCanonicalPath().startsWith(BASE.getCanonicalPath())) {⏎⇥return null;⏎}⏎return new FileInputStream(«v1»);
FileInputStream | expr | new FileInputStream⟦new File(«v», FilenameUtils.getName(«X»))⟧
map | expr | «v».get⟦«X»⟧
""",
        "go": """
os.Open | lines | «v1» := filepath.Join(«camel»Dir, filepath.Clean("/"+«X»))⏎if !strings.HasPrefix(«v1», «camel»Dir) {⏎⇥return⏎}⏎f, err := os.Open(«v1»)
ServeFile | lines | if strings.Contains(«X», "..") {⏎⇥http.Error(w, "«prose»", http.StatusBadRequest)⏎⇥return⏎}⏎http.ServeFile(w, r, filepath.Join("«w»", «X»))
ReadFile | expr | os.ReadFile⟦filepath.Join("«path»", filepath.Base(«X»))⟧
embed | expr | fs.ReadFile⟦assets¦«X»⟧
root | expr | root.Open⟦«X»⟧
local | lines | if !filepath.IsLocal(«X») {⏎⇥return⏎}⏎data, err := os.ReadFile(filepath.Join(dir, «X»))
""",
        "rust": """
File.open | lines | let «v1» = base.join(&«X»).canonicalize()?;⏎if !«v1».starts_with(&base) {⏎⇥return Err(Error::«P»);⏎}⏎let «v» = File::open(&«v1»)?;
read_to_string | lines | let name = Path::new(&«X»).file_name().unwrap();⏎let «v» = fs::read_to_string(root.join(name))?;
map | expr | self.files.get⟦&«X»⟧
""",
        "c": """
fopen | lines | if (strstr(«X», "..") || strchr(«X», '/'))⏎⇥return NULL;⏎snprintf(«v1», sizeof(«v1»), "«path»/%s", «X»);⏎fp = fopen(«v1», "r");
open | lines | if (!realpath(«X», resolved) || strncmp(resolved, root, strlen(root)) != 0)⏎⇥return -1;⏎fd = open(resolved, O_RDONLY);
openat | expr | openat2⟦dirfd¦«X»¦&how¦sizeof(how)⟧
strcmp | expr | strcmp⟦«X»¦"«path»"⟧
""",
        "cpp": """
ifstream | lines | const auto «v1» = fs::weakly_canonical(root / «X»);⏎if (std::mismatch(root.begin(), root.end(), «v1».begin()).first != root.end()) {⏎⇥return;⏎}⏎std::ifstream «v»(«v1»);
filename | expr | std::ifstream «v»⟦root / fs::path(«X»).filename()⟧
map | expr | files_.find⟦«X»⟧
""",
        "ruby": """
File.read | lines | path = File.expand_path(«X», ROOT)⏎raise ArgumentError unless path.start_with?(ROOT)⏎File.read(path)
send_file | stmt | send_file⟦Rails.root.join("«w»", File.basename(«X»))⟧
render | stmt | render⟦:«w»¦locals: { «w»: «X» }⟧
""",
        "csharp": """
ReadAllText | lines | var full = Path.GetFullPath(Path.Combine(_root, «X»));⏎if (!full.StartsWith(_root)) return NotFound();⏎return PhysicalFile(full, "text/plain");
FileStream | expr | new FileStream⟦Path.Combine(_root, Path.GetFileName(«X»))¦FileMode.Open⟧
""",
        "perl": """
open | lines | my $name = basename(«X»);⏎open(my $fh, '<', "«path»/$name") or die "«prose»";
unlink | lines | die "«prose»" if «X» =~ m{\\.\\.|/};⏎unlink("«path»/" . «X»);
""",
    },
    sanitizers={
        "python": ["os.path.basename(«X»)", "secure_filename(«X»)", "Path(«X»).name", "werkzeug.utils.secure_filename(«X»)"],
        "javascript typescript": ["path.basename(«X»)", "sanitize(«X»)", "sanitizeFilename(«X»)"],
        "php": ["basename(«X»)", "pathinfo(«X», PATHINFO_FILENAME)"],
        "java": ["FilenameUtils.getName(«X»)", "Paths.get(«X»).getFileName().toString()"],
        "go": ["filepath.Base(«X»)", "path.Base(«X»)"], "ruby": ["File.basename(«X»)"], "csharp": ["Path.GetFileName(«X»)"],
        "c": ["basename(«X»)"], "cpp": ["fs::path(«X»).filename().string()"], "perl": ["basename(«X»)"],
    },
    weak={
        "python": """
os.path.join | expr | open⟦os.path.join(«C»_DIR, request.«args["«key»"]|args.get("«key»")|form["«key»"]|json["«key»"]»)⟧
os.path.join | lines | «v1» = os.path.join(«C»_DIR, request.«args["«key»"]|args.get("«key»")|GET["«key»"]|query_params["«key»"]»)⏎«return send_file(«v1»)|return open(«v1»).read()|with open(«v1», "rb") as «v2»:|os.remove(«v1»)»«!»
Path.div | lines | «v1» = «BASE|«C»_DIR|Path("«path»")|self.root» / request.«args["«key»"]|match_info["«key»"]|form["«key»"]»⏎return «v1».«read_text|read_bytes»()«!»
extractall | lines | with tarfile.open(fileobj=request.files["«key»"]) as «v1»:⏎⇥«v1».extractall("«path»")«!»
route.param | lines | @app.get("/«w»/<path:«snake1»>")⏎def «f»(«snake1»):⏎⇥return «send_file("«path»/" + «snake1»)|open(f"«path»/{«snake1»}").read()|send_file(os.path.join(«C»_DIR, «snake1»))»«!»
""",
        "javascript typescript": """
path.join | stmt | res.sendFile⟦path.join(__dirname, '«w»', req.«query.«fld»|params.«fld»|params[0]|body.«fld»»)⟧
path.join | lines | const «v1» = path.«join|resolve»(«C»_DIR, req.«query.«fld»|params.«fld»|body.«fld»»);⏎«fs.createReadStream(«v1»).pipe(res);|res.sendFile(«v1»);|const «v» = fs.readFileSync(«v1»);|fs.unlinkSync(«v1»);|return fs.promises.readFile(«v1», 'utf8');»«!»
path.join2 | expr | fs.readFileSync⟦path.join(«camel»Dir, req.«query.«fld»|params.«fld»»)⟧
zip | lines | «v1».on('entry', (entry) => {⏎⇥entry.pipe(fs.createWriteStream(path.join(dest, entry.path)));«!»⏎});
url | expr | fs.readFile⟦'«|.»/«w»' + req.url⟧
""",
        "java": """
zip | lines | while ((entry = zip.getNextEntry()) != null) {⏎⇥File «v1» = new File(dest, entry.getName());⏎⇥Files.copy(zip, «v1».toPath());«!»⏎}
""",
        "go": """
join | stmt | http.ServeFile⟦w¦r¦filepath.Join("«w»", r.URL.«Path|Query().Get("«key»")»)⟧
zip | lines | for _, f := range reader.File {⏎⇥«v1» := filepath.Join(dest, f.Name)⏎⇥out, err := os.Create(«v1»)«!»⏎}
""",
    },
    alike={
        "python": """
open.param | expr | open⟦«path|filename|«v»|self.path|args.«fld»|self.«fld»»«|¦"«r|rb|w»"»⟧
open.with | lines | with open(«path|fname|«v»|self.path|cache_file»«|, "rb"|, "w"|, encoding="utf-8"») as «f|fh|fp|«v1»»:⏎⇥«v» = «v»
dirname | lines | with open(os.path.join(os.path.dirname(__file__), "«w».«ext»")) as f:⏎⇥return f.read()
walk | lines | for root, dirs, files in os.walk(«v»):⏎⇥for name in files:⏎⇥⇥«f»(os.path.join(root, name))
tmp | lines | with tempfile.NamedTemporaryFile("w", suffix=".«ext»") as «v1»:⏎⇥«v1».write(request.args["«key»"])
join | expr | os.path.join⟦«v»¦"«w»"⟧
exists | expr | os.path.«exists|isdir|getsize»⟦«v»⟧
glob | expr | glob.glob⟦os.path.join(«v», "*.«ext»")⟧
urljoin | expr | urljoin⟦«v»¦request.path⟧
uuid | lines | «v1» = os.path.join(«C»_DIR, uuid.uuid4().hex)⏎request.files["«key»"].save(«v1»)
""",
        "javascript typescript": """
dirname | expr | fs.readFileSync⟦path.join(__dirname, '«w».«ext»')¦'utf8'⟧
param | expr | fs.readFile⟦«filePath|file|«v»»¦'utf8'⟧
index | stmt | res.sendFile⟦path.join(__dirname, 'public', 'index.html')⟧
join | expr | path.join⟦«v»¦'«w»'⟧
listdir | lines | for (const name of fs.readdirSync(«v1»)) {⏎⇥«f»(path.join(«v1», name));⏎}
require | lines | const «v» = require('./«w»/«w»');
uuid | lines | const «v1» = path.join(UPLOADS, crypto.randomUUID());⏎fs.writeFileSync(«v1», req.body.«fld»);
""",
        "php": """
require.dir | lines | «require|require_once|include» __DIR__ . '/«w»/«dash».php';
include | lines | include '«w»/header.php';
get | expr | file_get_contents⟦__DIR__ . '/«w».json'⟧
param | expr | file_get_contents⟦$«path|file|this->path|«v»»⟧
input | expr | file_get_contents⟦'php://input'⟧
""",
        "c cpp": """
param | expr | fopen⟦«path|filename|fname|file|«v»|opts->«fld»»¦"«r|rb|w»"⟧
argv | expr | fopen⟦argv[1]¦"r"⟧«?»
open.param | expr | open⟦«path|name|file|dev->path»¦O_RDONLY«|| O_CLOEXEC| | O_CREAT, 0644»⟧
stat | expr | stat⟦«path|«v»»¦&st⟧
joined | lines:const char *«v1», const char *«v2» | char path[«n|PATH_MAX»];⏎snprintf(path, sizeof(path), "%s/%s", «v1», «v2»);⏎«fp = fopen(path, "r");|fd = open(path, O_RDONLY);|if (stat(path, &st) < 0)⏎⇥return -1;|unlink(path);|if (access(path, R_OK) != 0)⏎⇥return NULL;»
proc | lines:int pid | snprintf(path, sizeof(path), "/proc/%d/«w»", pid);⏎fp = fopen(path, "r");
opendir | lines | while ((de = readdir(«v1»)) != NULL) {⏎⇥snprintf(buf, sizeof(buf), "%s/%s", dir, de->d_name);⏎⇥«f»(buf);⏎}
""",
        "go": """
param | expr | os.Open⟦«path|name|file|cfg.Path|«v»»⟧
config | expr | os.ReadFile⟦«configPath|cfg.File|*«camel»Flag»⟧
static | expr | http.FileServer⟦http.Dir("./«w»")⟧
join | expr | filepath.Join⟦«v»¦"«w».«ext»"⟧
""",
        "java": """
param | expr | new File⟦«path|name|«v»»⟧
join | expr | Paths.get⟦«v»¦"«w».«ext»"⟧
resource | expr | getClass().getResourceAsStream⟦"/«w».«ext»"⟧
""",
        "rust": """
param | expr | File::open⟦«path|&path|«v»|&self.path»⟧
join | expr | «v».join⟦"«w».«ext»"⟧
""",
        "ruby": """
param | expr | File.read⟦«path|file|«v»»⟧
join | expr | File.join⟦__dir__¦"«w».«ext»"⟧
""",
        "shell": """
cat | lines | cat "$«v»/«w».«ext»"
source | lines | . "$(dirname "$0")/«w».sh"
cp | lines | cp "$«v»" "$«v»/«w»"
""",
    },
)
