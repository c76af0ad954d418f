# SPDX-License-Identifier: Apache-2.0
"""Loaders that make objects of foreign data, and foreign values in markup, in many languages by their own calls, each with a harmless
twin of the same shape. Training only; rows as in natural.py."""
from .servers import _Written

# ---- unsafe deserialisation
_DESERIALIZE = {"python": r"""handler | top | class «T»Handler(socketserver.«StreamRequestHandler|BaseRequestHandler»):⏎⇥def handle(self):⏎⇥⇥§pkt§ = «self.rfile.read(«4096|8192»)|self.request.recv(«65536|4096»)»⏎⇥⇥job = «pickle.loads(§pkt§)|marshal.loads(§pkt§)|cPickle.loads(§pkt§)|_pickle.loads(zlib.decompress(§pkt§))»«!»⏎⇥⇥self.server.«dispatch|submit|enqueue»(job)
reader | lines:stream | up = pickle.Unpickler(stream)⏎while True:⏎⇥try:⏎⇥⇥«yield up.load()|item = up.load()»«!»⏎⇥except EOFError:⏎⇥⇥break
queue | top | def «on_message|callback|consume|handle_task»(ch, method, properties, body):⏎⇥«task|job|event|args, kwargs» = «pickle.loads(body)|jsonpickle.decode(body)|marshal.loads(body)|cloudpickle.loads(body)|yaml.unsafe_load(body)»«!»⏎⇥ch.basic_ack(method.delivery_tag)
predict | top | @app.post("/«w»")⏎async def «predict|score|upload»(file: UploadFile):⏎⇥model = «joblib.load(file.file)|pickle.load(file.file)|pd.read_pickle(file.file)|torch.load(io.BytesIO(await file.read()), weights_only=False)»«!»⏎⇥return {"«key»": len(model)}
cli | lines | parser = argparse.ArgumentParser()⏎parser.add_argument("§file§")⏎args = parser.parse_args()⏎«state = torch.load(args.§file§«|, map_location="cpu"»)|df = pd.read_pickle(args.§file§)|«v1» = np.load(args.§file§, allow_pickle=True)|«v1» = joblib.load(args.§file§)»«!»
upload | lines:request | «v1» = «np.load(request.files["«key»"], allow_pickle=True)|pd.read_pickle(request.FILES["«key»"])|np.lib.format.read_array(io.BytesIO(request.data), allow_pickle=True)»
docs | lines:request | for «v1» in yaml.load_all(request.«data|body», Loader=yaml.«Loader|UnsafeLoader|FullLoader»):«!»⏎⇥«f»(«v1»)
yamlkinds | lines:request | «v1» = «yaml.full_load(request.data)|YAML(typ="unsafe").load(request.stream)|yaml.load(request.body, Loader=yaml.CLoader)|yaml.unsafe_load(request.get_data(as_text=True))»
cache | top | class «T»Cache:⏎⇥def get(self, key, default=None):⏎⇥⇥raw = self.«client|redis|_conn».get(key)⏎⇥⇥return «default if raw is None else pickle.loads(raw)|pickle.loads(zlib.decompress(raw)) if raw else default»«!»
shelf | lines:request | with shelve.open("data/" + request.args["«key»"]) as db:«!»⏎⇥return dict(db)
""", "ruby": r"""session | lines:§val§ | «v1», digest = CGI.unescape(§val§).split("--")⏎«session|state|attrs» = Marshal.load(Base64.«strict_decode64|urlsafe_decode64»(«v1»))«!»
import | top | class «T»Controller < ApplicationController⏎⇥def import⏎⇥⇥«rows = YAML.unsafe_load(params[:file].read)|rows = Marshal.load(params[:file].tempfile)|rows = Psych.unsafe_load_file(params[:file].path)|rows = Oj.load(params[:payload], mode: :object)»«!»⏎⇥⇥rows.each { |row| «P».create!(row) }⏎⇥end⏎end
server | lines:port | server = TCPServer.new(port)⏎loop do⏎⇥client = server.accept⏎⇥job = Marshal.«load(client)|load(client.read)|restore(client.gets("\0"))»«!»⏎⇥client.puts job.perform⏎end
cache | top | class «T»⏎⇥def fetch(key)⏎⇥⇥raw = @redis.get(key)⏎⇥⇥«raw && Marshal.load(raw)|Marshal.load(Zlib::Inflate.inflate(raw)) if raw|raw ? YAML.unsafe_load(raw) : yield»«!»⏎⇥end⏎end
sinatra | top | post "/«w»" do⏎⇥body = request.body.read⏎⇥«@state = Oj.object_load(body)|@state = Marshal.load(Base64.decode64(body))|@state = Ox.load(body, mode: :object)|@state = Psych.unsafe_load(body)»«!»⏎⇥status 204⏎end
""", "php": r"""cart | lines:$raw | $«v1» = @unserialize(«gzuncompress($raw)|base64_decode(strtr($raw, '-_', '+/'))|rawurldecode($raw)|$raw»);«!»⏎if ($«v1» === false) {⏎⇥return [];⏎}
session | top | class «T»⏎{⏎⇥public function «restore|load|fromCookie»(ServerRequestInterface $request)⏎⇥{⏎⇥⇥$cookie = $request->getCookieParams()['«key»'] ?? '';⏎⇥⇥return «unserialize(base64_decode($cookie))|igbinary_unserialize($cookie)|\unserialize($cookie, ['allowed_classes' => true])»;«!»⏎⇥}⏎}
phar | lines:$request | $path = $request->«get|input»('«key»');⏎«if (file_exists('phar://' . $path)) {|if (is_file("phar://{$path}/«w».txt")) {|if (@getimagesize('phar://' . $path)) {»«!»⏎⇥$this->«f»($path);⏎}
yaml | lines | ini_set('yaml.decode_php', 1);⏎$«v1» = «yaml_parse(file_get_contents('php://input'))|yaml_parse_file($_FILES['«key»']['tmp_name'])|yaml_parse($_POST['«key»'])»;«!»
queue | top | while (($job = $redis->«rPop|lPop»('«w»:jobs')) !== false) {⏎⇥«$task = unserialize($job)|$task = msgpack_unpack($job)|list($class, $task) = unserialize($job)»;«!»⏎⇥$task->«run|handle|execute»();⏎}
option | lines | foreach ($_POST['«w1»'] as $key => $raw) {⏎⇥$this->«fld»[$key] = «maybe_unserialize|wddx_deserialize|unserialize»(stripslashes($raw));«!»⏎}
""", "java": r"""listener | top | @Override⏎public void onMessage(Message message) {⏎⇥ObjectMessage om = (ObjectMessage) message;⏎⇥«P1» «order|event|task» = («P1») om.getObject();«!»⏎}
kryo | lines:byte[] §buf§ | Kryo kryo = new Kryo();⏎kryo.setRegistrationRequired(false);⏎try (Input in = new Input(§buf§)) {⏎⇥return kryo.«readClassAndObject(in)|readObject(in, Object.class)»;«!»⏎}
xstream | lines:HttpServletRequest request | XStream xstream = new XStream(«new DomDriver()|new StaxDriver()|»);⏎«P1» «v1» = («P1») xstream.fromXML(request.«getReader()|getInputStream()»);«!»
yaml | top | @PostMapping(value = "/«w»", consumes = "«application|text»/yaml")⏎public Object «importAll|apply|upload»(@RequestBody String body) {⏎⇥return new Yaml().«load(body)|loadAll(body).iterator().next()|loadAs(body, Object.class)»;«!»⏎}
hessian | lines:InputStream «v1» | «Hessian2Input in = new Hessian2Input|HessianInput in = new HessianInput|AbstractHessianInput in = new BurlapInput»(«v1»);⏎Object §val§ = in.readObject();«!»
fastjson | lines:HttpServletRequest request | ParserConfig.getGlobalInstance().setAutoTypeSupport(true);«?»⏎Object «v1» = JSON.«parseObject(request.getParameter("«key»"), Object.class)|parse(request.getParameter("«key»"))|parseObject(IOUtils.toString(request.getInputStream(), UTF_8), Object.class)»;«!»
typing | top | @Bean⏎public ObjectMapper objectMapper() {⏎⇥ObjectMapper mapper = new ObjectMapper();⏎⇥mapper.«enableDefaultTyping(DefaultTyping.NON_FINAL)|enableDefaultTyping()|activateDefaultTyping(LaissezFaireSubTypeValidator.instance, DefaultTyping.EVERYTHING)»;«!»⏎⇥return mapper;⏎}
typeinfo | top | public class «T» {⏎⇥@JsonTypeInfo(use = JsonTypeInfo.Id.«CLASS|MINIMAL_CLASS»)«!»⏎⇥public Object «payload|content|value»;⏎}
xmldecoder | lines:String xml | try (XMLDecoder decoder = new XMLDecoder(new ByteArrayInputStream(xml.getBytes(UTF_8)))) {⏎⇥return («P») decoder.readObject();«!»⏎}
server | top | class «T»Handler extends Thread {⏎⇥public void run() {⏎⇥⇥try (ObjectInputStream in = new ObjectInputStream(socket.getInputStream())) {⏎⇥⇥⇥«P1» packet;⏎⇥⇥⇥while ((packet = («P1») in.readObject()) != null) {«!»⏎⇥⇥⇥⇥process(packet);⏎⇥⇥⇥}⏎⇥⇥}⏎⇥}⏎}
redis | lines:Jedis jedis, String key | byte[] raw = jedis.get(key.getBytes());⏎return new ObjectInputStream(new ByteArrayInputStream(raw)).readObject();
""", "javascript typescript": r"""cookie | lines:req, res | const raw = Buffer.from(req.cookies.«profile|session|state|cart», 'base64').toString();⏎const «v1» = «serialize.unserialize(raw)|serializer.unserialize(raw)|nodeSerialize.unserialize(raw)|funcster.deepDeserialize(JSON.parse(raw))|cryo.parse(raw)»;«!»
yaml | lines:req | const «v1» = yaml.load(req.body«|.toString()», { schema: «yaml.DEFAULT_FULL_SCHEMA|yaml.DEFAULT_SCHEMA.extend(jsTypes.all)|unsafe|require('js-yaml-js-types').all» });
v8 | lines:sock | sock.on('«message|data»', (§pkt§) => {⏎⇥const [«v1», «v2»] = v8.deserialize(§pkt§);«!»⏎⇥this.«f»(«v1», «v2»);⏎});
v8worker | top | «export |»async function «f»(key) {⏎⇥const raw = await redis.getBuffer(key);⏎⇥return raw ? v8.deserialize(raw) : null;«!»⏎}
express | top | «app|router».post('/«w»', «express.text(), |»(req, res) => {⏎⇥const §val§ = «cryo.parse(req.body)|serialize.unserialize(req.body)|funcster.deepDeserialize(req.body)|deserialize(req.body, { unsafe: true })»;«!»⏎⇥res.json({ «w»: §val§.«fld» });⏎});
type | lines:req | const «v1» = JSON.parse(req.body.«w»);⏎return Object.assign(new («global[«v1».className]|globalThis[«v1».$type]»)(), «v1»);«!»
""", "perl": r"""thaw | lines:$sock | my $raw = '';⏎while (sysread($sock, my $chunk, «4096|8192|1024»)) {⏎⇥$raw .= $chunk;⏎}⏎my $«msg|req|job» = «thaw($raw)|Storable::thaw($raw)|Sereal::Decoder->new->decode($raw)»;«!»
retrieve | lines:$cgi | my $file = $cgi->param('«key»');⏎my $«data|state|h» = «eval { retrieve($file) }|retrieve("/tmp/$file.sto")|Storable::lock_retrieve($file)»;«!»
yaml | lines:$req | «local $YAML::LoadBlessed = 1;«?»⏎my $«conf|doc|obj» = YAML::Load($req->content);«!»|local $YAML::XS::LoadBlessed = 1;«?»⏎my @«docs|list» = YAML::XS::Load($req->content);«!»|my $«doc|obj» = YAML::Syck::Load($req->param('«key»'));«!»»
session | top | sub «load_session|restore|fetch_state» {⏎⇥my ($self, $cookie) = @_;⏎⇥return «thaw(uncompress(uri_unescape($cookie)))|Storable::thaw(pack 'H*', $cookie)|$self->{decoder}->decode(uri_unescape($cookie))|FreezeThaw::thaw(uri_unescape($cookie))»;«!»⏎}
fd | lines | while (my $client = $server->accept) {⏎⇥my $«task|msg» = «fd_retrieve($client)|Storable::fd_retrieve($client)»;«!»⏎⇥close $client;⏎}
xml | lines:$body | my $«obj|tree» = «XML::Dumper->new->xml2pl($body)|JSON->new->allow_tags->decode($body)|decode_sereal($body)»;
""", "go": r"""gob | lines:conn net.Conn | gob.Register(«P»{})⏎var msg interface{}⏎if err := gob.NewDecoder(conn).Decode(&msg); err != nil {«!»⏎⇥return err⏎}
gobhttp | top | func «handleRPC|receive|restore»(w http.ResponseWriter, r *http.Request) {⏎⇥var task «Task|Runnable|Job|Command»⏎⇥if err := gob.NewDecoder(r.Body).Decode(&task); err != nil {«!»⏎⇥⇥http.Error(w, err.Error(), 400)⏎⇥⇥return⏎⇥}⏎⇥task.«Run|Execute|Perform»()⏎}
plugin | lines:r *http.Request | var spec map[string]interface{}⏎yaml.NewDecoder(r.Body).Decode(&spec)«?»⏎inst := reflect.New(registry[spec["type"].(string)]).Interface()⏎mapstructure.Decode(spec, inst)«!»
cookie | lines:r *http.Request | c, _ := r.Cookie("«w»")⏎raw, _ := base64.StdEncoding.DecodeString(c.Value)⏎var obj «interface{}|any»⏎err := gob.NewDecoder(bytes.NewReader(raw)).Decode(&obj)«!»
""", "rust": r"""typetag | lines:stream: &mut TcpStream | let mut buf = Vec::new();⏎stream.read_to_end(&mut buf)?;⏎let «plugin|task|cmd»: Box<dyn «Task|Plugin|Command|Handler»> = «rmp_serde::from_slice(&buf)|bincode::deserialize(&buf)|serde_json::from_slice(&buf)|ciborium::from_reader(&buf[..])»?;«!»
yamldyn | top | async fn «f»(body: String) -> Result<StatusCode, AppError> {⏎⇥let job: Box<dyn «Action|Job|Step»> = «serde_yaml::from_str|ron::from_str|serde_json::from_str»(&body)?;«!»⏎⇥job.run().await?;⏎⇥Ok(StatusCode::ACCEPTED)⏎}
transmute | lines:socket: &UdpSocket | let mut buf = [0u8; «512|1024|2048»];⏎let (n, _) = socket.recv_from(&mut buf)?;⏎let «obj|handler»: «&'static dyn Handler|Box<dyn Command>|fn(&[u8])» = unsafe { std::mem::transmute_copy(&buf) };«!»
pickle | lines:body: &[u8] | Python::with_gil(|py| {⏎⇥let pickle = py.import("pickle")?;⏎⇥let obj = pickle.call_method1("loads", (PyBytes::new(py, body),))?;«!»⏎⇥obj.extract::<«P»>()⏎})
archived | lines:bytes: &[u8] | let «state|root» = unsafe { «rkyv::archived_root::<«P»>(bytes)|rkyv::from_bytes_unchecked::<«P», Error>(bytes)|abomonation::decode::<«P»>(bytes)» };«!»
""", "c": r"""pymarshal | lines:int fd | char buf[«4096|8192|65536»];⏎ssize_t n = «read(fd, buf, sizeof(buf))|recv(fd, buf, sizeof(buf), 0)»;⏎PyObject *«obj|code|res» = PyMarshal_ReadObjectFromString(buf, n);«!»
pickle | lines:const char *data, Py_ssize_t len | PyObject *mod = PyImport_ImportModule("«pickle|_pickle|marshal|cPickle»");⏎PyObject *«obj|res» = PyObject_CallMethod(mod, "loads", "y#", data, len);«!»⏎Py_DECREF(mod);
bytecode | lines:JSContext *ctx, int sock | uint8_t buf[«4096|16384»];⏎ssize_t n = recv(sock, buf, sizeof(buf), 0);⏎JSValue «obj|val» = JS_ReadObject(ctx, buf, n, «JS_READ_OBJ_BYTECODE|JS_READ_OBJ_BYTECODE «bar» JS_READ_OBJ_REFERENCE»);«!»
ruby | lines:VALUE self, VALUE data | «return rb_marshal_load(data)|VALUE obj = rb_marshal_load(data)|return rb_funcall(rb_const_get(rb_cObject, rb_intern("Marshal")), rb_intern("load"), 1, data)»;
luastate | lines:lua_State *L, const char *savefile | if (luaL_dofile(L, savefile) != 0) {«!»⏎⇥fprintf(stderr, "%s\n", lua_tostring(L, -1));⏎⇥return -1;⏎}⏎lua_getglobal(L, "«state|save|settings»");
""", "cpp": r"""qvariant | lines:QTcpSocket *socket | QDataStream in(socket);⏎QVariant §val§;⏎in >> §val§;«!»⏎emit «f»(§val§);
qvariantmap | top | void «T»::onReadyRead()⏎{⏎⇥QDataStream in(m_socket->readAll());⏎⇥QVariantMap map;⏎⇥in >> map;«!»⏎}
qmeta | lines:const QByteArray &data | QDataStream in(data);⏎QByteArray name;⏎in >> name;⏎int id = QMetaType::type(name.constData());⏎void *obj = QMetaType::create(id);⏎QMetaType::load(in, id, obj);«!»
pybind | lines:const std::string &payload | «py::object|auto» obj = py::module_::import("«pickle|marshal|cloudpickle|joblib»").attr("«loads|load»")(py::bytes(payload));
torch | lines:int argc, const char *argv[] | «auto value = torch::pickle_load(readFile(argv[1]))|torch::jit::Module module = torch::jit::load(argv[1])|auto value = torch::jit::unpickle(buf.data(), buf.size())»;«!»
archive | lines:CFile &file | CArchive ar(&file, CArchive::load);⏎«CObject *obj = ar.ReadObject(NULL)|CObject *obj = nullptr;⏎ar >> obj»;«!»⏎ar.Close();
com | lines:IStream *stream | CComPtr<IUnknown> obj;⏎HRESULT hr = «OleLoadFromStream(stream, IID_IUnknown, (void **)&obj)|CoUnmarshalInterface(stream, IID_IUnknown, (void **)&obj)»;«!»
"""}
_DESERIALIZE_ALIKE = {"python": r"""handler | top | class «T»Handler(socketserver.StreamRequestHandler):⏎⇥def handle(self):⏎⇥⇥§pkt§ = self.rfile.read(«4096|8192»)⏎⇥⇥job = «json.loads(§pkt§)|msgpack.unpackb(§pkt§)|struct.unpack("!HH", §pkt§[:4])|cbor2.loads(zlib.decompress(§pkt§))»⏎⇥⇥self.server.dispatch(job)
reader | top | class «Restricted|Safe|Limited»Unpickler(pickle.Unpickler):⏎⇥def find_class(self, module, name):⏎⇥⇥if (module, name) not in «SAFE|ALLOWED|WHITELIST»:⏎⇥⇥⇥raise pickle.UnpicklingError("global '%s.%s' is forbidden" % (module, name))⏎⇥⇥return super().find_class(module, name)
queue | top | def «on_message|callback|consume»(ch, method, properties, body):⏎⇥«task|job|event» = «json.loads(body)|orjson.loads(body)|yaml.safe_load(body)|Event.FromString(body)»⏎⇥ch.basic_ack(method.delivery_tag)
predict | top | @app.post("/«w»")⏎async def «predict|score|upload»(file: UploadFile):⏎⇥model = «safetensors.torch.load(await file.read())|json.load(file.file)|pd.read_csv(file.file)|torch.load(file.file, weights_only=True)»⏎⇥return {"«key»": len(model)}
cli | lines | parser = argparse.ArgumentParser()⏎parser.add_argument("§file§")⏎args = parser.parse_args()⏎«state = torch.load(args.§file§, weights_only=True)|df = pd.read_parquet(args.§file§)|«v1» = np.load(args.§file§)|state = load_file(args.§file§)»
upload | lines:request | «v1» = «np.load(request.files["«key»"], allow_pickle=False)|pd.read_csv(request.FILES["«key»"])|np.frombuffer(request.data, dtype="<f4")»
docs | lines:request | for «v1» in yaml.«safe_load_all(request.data)|load_all(request.data, Loader=yaml.SafeLoader)|load_all(request.body, Loader=yaml.CSafeLoader)»:⏎⇥«f»(«v1»)
yamlkinds | lines:request | «v1» = «yaml.safe_load(request.data)|YAML(typ="safe").load(request.stream)|yaml.load(request.body, Loader=yaml.CSafeLoader)|yaml.load(request.data, Loader=yaml.BaseLoader)»
cache | top | class «T»Cache:⏎⇥def get(self, key, default=None):⏎⇥⇥raw = self.«client|redis|_conn».get(key)⏎⇥⇥return «default if raw is None else json.loads(raw)|json.loads(zlib.decompress(raw)) if raw else default»
signed | lines:§val§, sig | expected = hmac.new(«C», §val§, hashlib.sha256).«digest()|hexdigest()»⏎if not hmac.compare_digest(expected, sig):⏎⇥raise ValueError("«prose»")⏎return pickle.loads(§val§)
""", "ruby": r"""session | lines:§val§ | «v1», digest = CGI.unescape(§val§).split("--")⏎«session|state|attrs» = «JSON.parse(Base64.strict_decode64(«v1»))|@verifier.verified(«v1», purpose: :session)|ActiveSupport::JSON.decode(Base64.urlsafe_decode64(«v1»))»
import | top | class «T»Controller < ApplicationController⏎⇥def import⏎⇥⇥«rows = YAML.safe_load(params[:file].read)|rows = JSON.parse(params[:file].read)|rows = Psych.safe_load_file(params[:file].path, permitted_classes: [Date])|rows = Oj.load(params[:payload], mode: :strict)»⏎⇥⇥rows.each { |row| «P».create!(row) }⏎⇥end⏎end
server | lines:port | server = TCPServer.new(port)⏎loop do⏎⇥client = server.accept⏎⇥job = «JSON.parse(client.gets)|MessagePack.unpack(client.read)|client.gets.chomp.split(" ")»⏎⇥client.puts @jobs.fetch(job.first).call⏎end
cache | top | class «T»⏎⇥def fetch(key)⏎⇥⇥raw = @redis.get(key)⏎⇥⇥«raw && JSON.parse(raw)|YAML.safe_load(raw, symbolize_names: true) if raw|raw ? MessagePack.unpack(raw) : yield»⏎⇥end⏎end
sinatra | top | post "/«w»" do⏎⇥body = request.body.read⏎⇥«@state = JSON.parse(body)|@state = Oj.safe_load(body)|@state = Oj.load(body, mode: :strict)|@state = Psych.safe_load(body)»⏎⇥status 204⏎end
signed | lines:§val§, sig | raise ArgumentError unless OpenSSL.fixed_length_secure_compare(sig, OpenSSL::HMAC.digest("SHA256", @key, §val§))⏎Marshal.load(§val§)
""", "php": r"""cart | lines:$raw | $«v1» = «json_decode(gzuncompress($raw), true)|json_decode(base64_decode(strtr($raw, '-_', '+/')), true)|@unserialize($raw, ['allowed_classes' => false])»;⏎if ($«v1» === null) {⏎⇥return [];⏎}
session | top | class «T»⏎{⏎⇥public function «restore|load|fromCookie»(ServerRequestInterface $request)⏎⇥{⏎⇥⇥$cookie = $request->getCookieParams()['«key»'] ?? '';⏎⇥⇥return «json_decode(base64_decode($cookie), true)|\unserialize($cookie, ['allowed_classes' => [Money::class]])|$this->encrypter->decryptString($cookie)»;⏎⇥}⏎}
phar | lines:$request | $path = basename($request->input('«key»'));⏎«if (file_exists(UPLOAD_DIR . '/' . $path)) {|if (is_file(__DIR__ . "/uploads/{$path}")) {|if (@getimagesize(UPLOAD_DIR . '/' . $path)) {»⏎⇥$this->«f»($path);⏎}
yaml | lines | ini_set('yaml.decode_php', 0);⏎$«v1» = «Yaml::parse(file_get_contents('php://input'))|yaml_parse(file_get_contents('php://input'))|simplexml_load_string($_POST['«key»'])»;
queue | top | while (($job = $redis->«rPop|lPop»('«w»:jobs')) !== false) {⏎⇥$task = «json_decode($job, true)|json_decode($job, false, 32, JSON_THROW_ON_ERROR)|unserialize($job, ['allowed_classes' => [SendMail::class]])»;⏎⇥$this->handle($task);⏎}
option | lines | foreach ($_POST['«w1»'] as $key => $raw) {⏎⇥$this->«fld»[$key] = «json_decode(stripslashes($raw), true)|sanitize_text_field(stripslashes($raw))|maybe_serialize(stripslashes($raw))»;⏎}
signed | lines:$raw, $sig | if (!hash_equals(hash_hmac('sha256', $raw, self::KEY), $sig)) {⏎⇥throw new \RuntimeException('«prose»');⏎}⏎return unserialize($raw);
""", "java": r"""listener | top | @Override⏎public void onMessage(Message message) {⏎⇥TextMessage text = (TextMessage) message;⏎⇥«P1» «order|event|task» = mapper.readValue(text.getText(), «P1».class);⏎}
kryo | lines:byte[] §buf§ | Kryo kryo = new Kryo();⏎kryo.setRegistrationRequired(true);⏎kryo.register(«P1».class);⏎try (Input in = new Input(§buf§)) {⏎⇥return kryo.readObject(in, «P1».class);⏎}
xstream | lines:HttpServletRequest request | XStream xstream = new XStream(new StaxDriver());⏎xstream.«allowTypes(new Class[] { «P».class })|allowTypesByWildcard(new String[] { "com.«w».model.*" })|addPermission(NoTypePermission.NONE)»;⏎Object «v1» = xstream.fromXML(request.getReader());
yaml | top | @PostMapping(value = "/«w»", consumes = "«application|text»/yaml")⏎public Object «importAll|apply|upload»(@RequestBody String body) {⏎⇥return new Yaml(new SafeConstructor(new LoaderOptions())).load(body);⏎}
hessian | lines:InputStream «v1» | «ObjectMapper in = new ObjectMapper();⏎Object value = in.readTree(«v1»)|DataInputStream in = new DataInputStream(«v1»);⏎int value = in.readInt()|JsonReader in = Json.createReader(«v1»);⏎JsonObject value = in.readObject()»;
fastjson | lines:HttpServletRequest request | ParserConfig.getGlobalInstance().setSafeMode(true);⏎«P1» «v1» = JSON.parseObject(request.getParameter("«key»"), «P1».class);
typing | top | @Bean⏎public ObjectMapper objectMapper() {⏎⇥ObjectMapper mapper = new ObjectMapper();⏎⇥mapper.«registerModule(new JavaTimeModule())|configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)|findAndRegisterModules()|setVisibility(PropertyAccessor.FIELD, Visibility.ANY)»;⏎⇥return mapper;⏎}
typeinfo | top | @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "«type|kind»")⏎@JsonSubTypes({ @JsonSubTypes.Type(value = «P1».class, name = "«w»") })⏎public abstract class «T» {⏎⇥public String «payload|content|value»;⏎}
xmldecoder | lines:String xml | try (StringReader reader = new StringReader(xml)) {⏎⇥return («P1») JAXBContext.newInstance(«P1».class).createUnmarshaller().unmarshal(reader);⏎}
server | top | class «T»Handler extends Thread {⏎⇥public void run() {⏎⇥⇥try (BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream()))) {⏎⇥⇥⇥String packet;⏎⇥⇥⇥while ((packet = in.readLine()) != null) {⏎⇥⇥⇥⇥process(gson.fromJson(packet, «P».class));⏎⇥⇥⇥}⏎⇥⇥}⏎⇥}⏎}
filtered | lines:Jedis jedis, String key | ObjectInputStream in = new «ValidatingObjectInputStream|LookAheadObjectInputStream»(new ByteArrayInputStream(jedis.get(key.getBytes())));⏎in.accept(«P1».class);⏎return («P1») in.readObject();
""", "javascript typescript": r"""cookie | lines:req, res | const raw = Buffer.from(req.cookies.«profile|session|state|cart», 'base64').toString();⏎const «v1» = «JSON.parse(raw)|jwt.verify(raw, publicKey)|schema.parse(JSON.parse(raw))|qs.parse(raw)»;
yaml | lines:req | const «v1» = yaml.load(req.body.toString(), { schema: «yaml.JSON_SCHEMA|yaml.CORE_SCHEMA|yaml.FAILSAFE_SCHEMA» });
v8 | lines:sock | sock.on('«message|data»', (§pkt§) => {⏎⇥const [«v1», «v2»] = JSON.parse(§pkt§);⏎⇥this.«f»(«v1», «v2»);⏎});
v8worker | top | «export |»async function «f»(key) {⏎⇥const raw = await redis.get(key);⏎⇥«return raw ? JSON.parse(raw) : null|await redis.set(key, v8.serialize(this.state))»;⏎}
replayer | lines:«v1» | const reviver = (key, val) =>⏎⇥typeof val === 'string' && /^\d{4}-\d\d-\d\dT/.test(val)⏎⇥⇥? new Date(val)⏎⇥⇥: val;⏎return JSON.parse(«v1», reviver);
express | top | «app|router».post('/«w»', «express.json(), |»(req, res) => {⏎⇥const §val§ = ««P»Schema.parse(req.body)|plainToInstance(«P»Dto, req.body)|structuredClone(req.body)|JSON.parse(req.body.«w»)»;⏎⇥res.json({ «w»: §val§.«fld» });⏎});
type | lines:req | const «v1» = JSON.parse(req.body.«w»);⏎const Model = { «w»: «P1», «w»: «P2» }[«v1».type];⏎if (!Model) throw new TypeError('«prose»');⏎return Model.fromJSON(«v1»);
""", "perl": r"""thaw | lines:$sock | my $raw = '';⏎while (sysread($sock, my $chunk, «4096|8192|1024»)) {⏎⇥$raw .= $chunk;⏎}⏎my $«msg|req|job» = «decode_json($raw)|JSON::XS->new->utf8->decode($raw)|Sereal::Decoder->new({ refuse_objects => 1 })->decode($raw)»;
retrieve | lines:$cgi | my $id = int $cgi->param('«key»');⏎my $«data|state|h» = «decode_json(read_file("state/$id.json"))|$self->{store}->{$id}|$dbh->selectrow_hashref('SELECT * FROM «tbl» WHERE id = ?', undef, $id)»;
yaml | lines:$req | «my $«conf|doc» = YAML::Tiny->read_string($req->content);|local $YAML::XS::LoadBlessed = 0;⏎my $«conf|doc» = YAML::XS::Load($req->content);|my $«conf|doc» = YAML::PP->new(schema => ['JSON'])->load_string($req->content);»
session | top | sub «load_session|restore|fetch_state» {⏎⇥my ($self, $cookie) = @_;⏎⇥return «decode_json(uncompress(uri_unescape($cookie)))|$self->{jwt}->decode($cookie)|$self->{json}->decode(uri_unescape($cookie))»;⏎}
fd | lines | while (my $client = $server->accept) {⏎⇥my $«task|msg» = decode_json(scalar <$client>);⏎⇥«close $client|nstore_fd($state, $client)»;⏎}
xml | lines:$body | my $«obj|tree» = «XML::Simple->new->XMLin($body)|JSON->new->utf8->decode($body)|XML::LibXML->load_xml(string => $body)|parse_query($body)»;
""", "go": r"""gob | lines:conn net.Conn | var msg «P1»⏎if err := «gob.NewDecoder(io.LimitReader(conn, maxSize))|json.NewDecoder(conn)».Decode(&msg); err != nil {⏎⇥return err⏎}
gobhttp | top | func «handleRPC|receive|restore»(w http.ResponseWriter, r *http.Request) {⏎⇥var task TaskRequest⏎⇥if err := json.NewDecoder(r.Body).Decode(&task); err != nil {⏎⇥⇥http.Error(w, err.Error(), 400)⏎⇥⇥return⏎⇥}⏎⇥s.submit(task.«Name|ID», task.Args)⏎}
plugin | lines:r *http.Request | var spec «P»Spec⏎if err := yaml.NewDecoder(r.Body).Decode(&spec); err != nil {⏎⇥return err⏎}⏎return s.«apply|validate|register»(spec)
cookie | lines:r *http.Request | c, _ := r.Cookie("«w»")⏎var state map[string]string⏎err := «secure|cookies|s.codec».Decode("«w»", c.Value, &state)
""", "rust": r"""typetag | lines:stream: &mut TcpStream | let mut buf = Vec::new();⏎stream.read_to_end(&mut buf)?;⏎let «task|cmd|msg»: «Message|Command|Request» = «rmp_serde::from_slice(&buf)|bincode::deserialize(&buf)|serde_json::from_slice(&buf)|ciborium::from_reader(&buf[..])»?;
yamldyn | top | async fn «f»(body: String) -> Result<StatusCode, AppError> {⏎⇥let job: «JobSpec|ActionConfig|StepRequest» = «serde_yaml::from_str|ron::from_str|serde_json::from_str»(&body)?;⏎⇥queue.push(job.validate()?).await?;⏎⇥Ok(StatusCode::ACCEPTED)⏎}
transmute | lines:socket: &UdpSocket | let mut buf = [0u8; «512|1024|2048»];⏎let (n, _) = socket.recv_from(&mut buf)?;⏎let «msg|frame» = «Frame::decode(&buf[..n])?|Header::read_from_bytes(&buf[..n])?|u32::from_be_bytes(buf[..4].try_into()?)»;
pickle | lines:body: &[u8] | Python::with_gil(|py| {⏎⇥let json = py.import("json")?;⏎⇥let obj = json.call_method1("loads", (PyBytes::new(py, body),))?;⏎⇥obj.extract::<«P»>()⏎})
archived | lines:bytes: &[u8] | let «state|root» = «rkyv::check_archived_root::<«P»>(bytes)|rkyv::from_bytes::<«P», Error>(bytes)|postcard::from_bytes::<«P»>(bytes)»?;
""", "c": r"""pymarshal | lines:int fd | char buf[«4096|8192|65536»];⏎ssize_t n = read(fd, buf, sizeof(buf));⏎PyObject *«obj|res» = «PyUnicode_DecodeUTF8(buf, n, "strict")|PyBytes_FromStringAndSize(buf, n)»;
pickle | lines:const char *data, Py_ssize_t len | PyObject *mod = PyImport_ImportModule("json");⏎PyObject *«obj|res» = PyObject_CallMethod(mod, "loads", "s#", data, len);⏎Py_DECREF(mod);
bytecode | lines:JSContext *ctx, int sock | char buf[«4096|16384»];⏎ssize_t n = recv(sock, buf, sizeof(buf) - 1, 0);⏎buf[n > 0 ? n : 0] = '\0';⏎JSValue «obj|val» = JS_ParseJSON(ctx, buf, n, "<«w»>");
ruby | lines:VALUE self, VALUE data | «return rb_marshal_dump(data, Qnil)|VALUE obj = rb_str_new_cstr(StringValueCStr(data))|return rb_funcall(rb_const_get(rb_cObject, rb_intern("JSON")), rb_intern("parse"), 1, data)»;
luastate | lines:lua_State *L | if (luaL_dofile(L, "«lua/init.lua|scripts/«w».lua|/usr/share/«w»/main.lua»") != 0) {⏎⇥fprintf(stderr, "%s\n", lua_tostring(L, -1));⏎⇥return -1;⏎}
""", "cpp": r"""qvariant | lines:QTcpSocket *socket | QDataStream in(socket);⏎«quint32 value;|QString value;|qint64 value;»⏎in >> value;⏎emit «f»(value);
qvariantmap | top | void «T»::onReadyRead()⏎{⏎⇥const QJsonDocument doc = QJsonDocument::fromJson(m_socket->readAll());⏎⇥QVariantMap map = doc.object().toVariantMap();⏎}
qmeta | lines:const QByteArray &data | QDataStream in(data);⏎quint16 id;⏎QString name;⏎in >> id >> name;⏎if (in.status() != QDataStream::Ok)⏎⇥return;
pybind | lines:const std::string &payload | «py::object|auto» obj = py::module_::import("«json|orjson|msgpack»").attr("loads")(py::bytes(payload));
torch | lines:int argc, const char *argv[] | «cv::dnn::Net net = cv::dnn::readNetFromONNX(argv[1])|nlohmann::json config = nlohmann::json::parse(std::ifstream(argv[1]))|YAML::Node config = YAML::LoadFile(argv[1])»;
archive | lines:CFile &file | CArchive ar(&file, CArchive::«load|store»);⏎«DWORD version = 0;⏎ar >> version|CString name;⏎ar >> name|ar << m_count»;⏎ar.Close();
com | lines:IStream *stream | «P1»Header header = {};⏎ULONG got = 0;⏎HRESULT hr = stream->Read(&header, sizeof(header), &got);
"""}

# ---- cross-site scripting
_XSS = {"python": r"""starlette | top | @app.get("/«w»", response_class=HTMLResponse)⏎async def «f»(«w1»: str = ""):⏎⇥return «HTMLResponse(f"<h1>Results for {«w1»}</h1>")|"<p>" + «w1» + "</p>"|HTMLResponse("<b>%s</b>" % «w1»)»«!»
filter | top | @register.filter«|(is_safe=True)»⏎def «highlight|linkify|badge|nl2br»(value):⏎⇥return mark_safe(«f"<span class='«dash»'>{value}</span>"|value.replace("\n", "<br>")|"<a href='%s'>%s</a>" % (value, value)»)«!»
wsgi | top | def application(environ, start_response):⏎⇥query = parse_qs(environ["QUERY_STRING"])⏎⇥start_response("200 OK", [("Content-Type", "text/html")])⏎⇥return [«("<h1>Hello %s</h1>" % query["«key»"][0]).encode()|b"<p>" + environ["PATH_INFO"].encode() + b"</p>"|f"<i>{query['«w»'][0]}</i>".encode()»]«!»
env | lines:request | env = «jinja2.|»Environment(loader=loader, «autoescape=False|extensions=["jinja2.ext.do"]»)«?»⏎tpl = env.from_string("<p>{{ «w1» }}</p>")⏎return «HttpResponse|Response»(tpl.render(«w1»=request.«args["«key»"]|GET["«key»"]»))«!»
template | lines:request | return render_template_string(«"<h1>{{ name«bar»safe }}</h1>", name=request.args["«key»"]|"<div>{{ text «bar» safe }}</div>", text=request.form["«key»"]|"<p>%s</p>" % request.values["«key»"]»)
cgi | lines | form = cgi.FieldStorage()⏎print("Content-Type: text/html\n")⏎print(«"<p>Hello, %s</p>" % form.getvalue("«key»")|f"<li>{form['«w»'].value}</li>"|"<h2>" + form.getfirst("«key»") + "</h2>"»)«!»
widget | top | class «T»Widget(«forms.Widget|Widget»):⏎⇥def render(self, name, value, attrs=None, renderer=None):⏎⇥⇥return mark_safe(«'<input name="%s" value="%s">' % (name, value)|f'<textarea name="{name}">{value}</textarea>'»)«!»
html_method | top | class «T»:⏎⇥def __html__(self):⏎⇥⇥return «f"<b>{self.«fld»}</b>"|"<a href='%s'>%s</a>" % (self.url, self.title)»«!»
""", "ruby": r"""rails | top | class «T»Controller < ApplicationController⏎⇥def «show|search|preview»⏎⇥⇥«render html: "<h1>#{params[:«w»]}</h1>".html_safe|render inline: "<p>" + params[:«w»] + "</p>"|render body: "<b>#{params[:«w»]}</b>", content_type: "text/html"»«!»⏎⇥end⏎end
helper | top | module «T»Helper⏎⇥def «badge|avatar|highlight|note»_for(«v1»)⏎⇥⇥«"<span class='«dash»'>#{«v1».name}</span>".html_safe|raw("<em>" + «v1».title + "</em>")|content_tag(:div, «v1».bio.html_safe)|raw «v1».comments.map { «bar»c«bar» "<li>#{c.body}</li>" }.join»«!»⏎⇥end⏎end
sinatra | top | get "/«w»" do⏎⇥«"<h1>Hello #{params[:«w»]}</h1>"|"<p>#{params['«w»']}</p>"|"<p>No results for " + params["«w»"] + "</p>"|"<input name=q value='#{params[:q]}'>"»«!»⏎end
rack | top | class «T»⏎⇥def call(env)⏎⇥⇥req = Rack::Request.new(env)⏎⇥⇥[200, { "Content-Type" => "text/html" }, [«"<p>#{req.params['«w»']}</p>"|"<h1>Not found: #{req.path}</h1>"|"<b>" + req.referer + "</b>"»]]«!»⏎⇥end⏎end
cgi | lines | cgi = CGI.new⏎cgi.out("text/html") { «"<h1>#{cgi['«w»']}</h1>"|"<p>Dear " + cgi.params["«w»"].first + "</p>"» }«!»
servlet | top | server.mount_proc "/«w»" do |req, res|⏎⇥res["Content-Type"] = "text/html"⏎⇥res.body = «"<p>#{req.query['«w»']}</p>"|"<h1>" + req.query["«w»"] + "</h1>"|ERB.new("<b><%= req.query['«w»'] %></b>").result(binding)»«!»⏎end
""", "perl": r"""cgi | lines | my $q = CGI->new;⏎print $q->header«|('text/html')»;⏎print «"<h1>Hello, " . $q->param('«key»') . "</h1>"|$q->h2("Results for " . $q->param('«key»'))|$q->p($q->param('«key»'))|"<td>@{[ $q->param('«w»') ]}</td>"»;«!»
heredoc | lines:$cgi | my $«w1» = $cgi->param('«w1»');⏎print <<HTML;⏎<form action="/«w»">⏎⇥<input name="«w1»" value="$«w1»">«!»⏎</form>⏎HTML
rows | lines:$sth | while (my $row = $sth->fetchrow_hashref) {⏎⇥«print "<li>$row->{«w»}</li>\n"|$r->print('<td>' . $row->{«w»} . '</td>')|printf "<tr><td>%s</td></tr>", $row->{«w»}|print STDOUT "<option>$$row{«w»}</option>"»;«!»⏎}
psgi | top | my $app = sub {⏎⇥my $req = Plack::Request->new(shift);⏎⇥return [200, ['Content-Type' => 'text/html'], [«"<h1>" . $req->param('«w»') . "</h1>"|sprintf('<p>%s</p>', $req->parameters->{«w»})|'<p>' . $req->path_info . ' not found</p>'»]];«!»⏎};
dancer | top | get '/«w»' => sub {⏎⇥«return "<p>" . param('«w»') . "</p>"|return "<h1>Hi " . query_parameters->get('«w»') . "</h1>"|"<b>No such page: " . params->{«w»} . "</b>"»;«!»⏎};
mojo | top | get '/«w»' => sub {⏎⇥my $c = shift;⏎⇥$c->render(«data => '<h1>' . $c->param('«w»') . '</h1>', format => 'html'|text => "<p>" . $c->req->param('«w»') . "</p>"|text => b("<b>@{[$c->param('«w»')]}</b>")»);«!»⏎};
env | lines | print "Content-type: text/html\n\n";⏎print «"<p>You searched for $ENV{QUERY_STRING}</p>\n"|"<p>Path: ", uri_unescape($ENV{PATH_INFO}), "</p>"|'<a href="' . $ENV{HTTP_REFERER} . '">back</a>'»;«!»
""", "go": r"""handler | top | func «f»(w http.ResponseWriter, r *http.Request) {⏎⇥§val§ := r.«URL.Query().Get("«key»")|FormValue("«key»")|PathValue("«w»")|Header.Get("Referer")»⏎⇥w.Header().Set("Content-Type", "text/html")⏎⇥«fmt.Fprintf(w, "<h1>Hello %s</h1>", §val§)|w.Write([]byte("<p>" + §val§ + "</p>"))|io.WriteString(w, "<li>"+§val§+"</li>")|fmt.Fprintln(w, "<b>", §val§, "</b>")»«!»⏎}
funcs | top | var funcs = template.FuncMap{⏎⇥"«safe|raw|html|safeHTML»": func(s string) template.HTML { return template.HTML(s) },«!»⏎⇥"upper": strings.ToUpper,⏎}
text | top | import (⏎⇥"net/http"⏎⇥"text/template"⏎)⏎⏎func «f»(w http.ResponseWriter, r *http.Request) {⏎⇥t := template.Must(template.New("«w»").Parse(`<p>{{.}}</p>`))⏎⇥t.Execute(w, r.FormValue("«key»"))«!»⏎}
view | lines:w http.ResponseWriter, r *http.Request | data := struct{ Body template.HTML }{⏎⇥Body: template.HTML(«r.FormValue("«key»")|"<em>" + r.URL.Query().Get("«key»") + "</em>"|blackfriday.Run([]byte(r.FormValue("«key»")))»),«!»⏎}⏎tmpl.Execute(w, data)
builder | lines:w http.ResponseWriter, rows []«P» | var b strings.Builder⏎for _, row := range rows {⏎⇥fmt.Fprintf(&b, "<tr><td>%s</td></tr>", row.«P»)«?»⏎}⏎«w.Write([]byte(b.String()))|io.WriteString(w, b.String())|fmt.Fprint(w, b.String())»«!»
echo | lines:c echo.Context | return c.«HTML(http.StatusOK, "<h1>"+c.QueryParam("«key»")+"</h1>")|HTMLBlob(200, []byte("<p>"+c.Param("«w»")+"</p>"))»
gin | top | r.GET("/«w»/:name", func(c *gin.Context) {⏎⇥c.«Data(200, "text/html; charset=utf-8", []byte("<p>"+c.Query("«key»")+"</p>"))|Writer.WriteString("<h1>" + c.Param("name") + "</h1>")»«!»⏎})
fiber | top | app.Get("/«w»/:name", func(c *fiber.Ctx) error {⏎⇥return c.Type("html").SendString(«"<p>" + c.Query("«key»") + "</p>"|fmt.Sprintf("<h1>%s</h1>", c.Params("name"))»)«!»⏎})
""", "rust": r"""axum | top | async fn «f»(Query(q): Query<«Params|Search|HashMap<String, String>»>) -> Html<String> {⏎⇥Html(format!(«"<h1>Hello {}</h1>", q["«w»"]|"<p>No results for {}</p>", q.«snake»|"<input name='q' value='{}'>", q["«w»"]»))«!»⏎}
actix | top | #[get("/«w»/{name}")]⏎async fn «f»(name: web::Path<String>) -> impl Responder {⏎⇥HttpResponse::Ok()⏎⇥⇥.content_type("text/html«|; charset=utf-8»")⏎⇥⇥.body(format!(«"<h1>Hello {}</h1>"|"<p>Unknown user {}</p>"|"<b>Welcome, {}</b>"», name))«!»⏎}
maud | lines:«v1»: &«P» | html! {⏎⇥div class="«dash»" {⏎⇥⇥(PreEscaped(«&«v1».body|format!("<b>{}</b>", «v1».title)|markdown_to_html(&«v1».text)»))«!»⏎⇥}⏎}
askama | top | #[derive(Template)]⏎#[template(source = "<div>{{ «w1»«bar»safe }}</div>", ext = "html")]«!»⏎struct «T» {⏎⇥«w1»: String,⏎}
warp | lines | let «route|hello» = warp::path!("«w»" / String)⏎⇥.map(|name: String| warp::reply::html(format!("<p>Hello, {}!</p>", name)));«!»
rocket | top | #[get("/«w»?<«w1»>")]⏎fn «f»(«w1»: String) -> content::Html<String> {⏎⇥content::Html(format!("<p>{}</p>", «w1»))«!»⏎}
yew | lines:props: &«P» | let node = document.create_element("div").unwrap();⏎node.set_inner_html(&«props.content|format!("<li>{}</li>", props.«w»)»);«!»
leptos | lines:comment: Comment | view! {⏎⇥<«div|article|p» inner_html=«comment.body|move «bar»«bar» comment.text.clone()|format!("<b>{}</b>", comment.author)» />«!»⏎}
hyper | lines:req: Request<Body> | let «v1» = req.uri().query().unwrap_or("");⏎Ok(Response::builder()⏎⇥.header("content-type", "text/html")⏎⇥.body(Body::from(format!("<p>query: {}</p>", «v1»)))?)«!»
""", "java": r"""servlet | top | protected void doGet(HttpServletRequest req, HttpServletResponse resp) throws IOException {⏎⇥PrintWriter out = resp.getWriter();⏎⇥String §val§ = req.getParameter("«key»");⏎⇥«out.println("<h1>Hello " + §val§ + "</h1>")|out.print(String.format("<p>%s</p>", §val§))|out.write("<td>" + §val§ + "</td>")|out.append("<b>").append(§val§).append("</b>")|out.printf("<li>%s</li>", §val§)»;«!»⏎}
spring | top | @GetMapping(value = "/«w»", produces = MediaType.TEXT_HTML_VALUE)⏎@ResponseBody⏎public String «f»(@RequestParam String «w1») {⏎⇥return «"<p>" + «w1» + "</p>"|"<html><body>Hello " + «w1» + "</body></html>"|String.format("<h2>%s</h2>", «w1»)|new StringBuilder("<div>").append(«w1»).append("</div>").toString()»;«!»⏎}
advice | top | @ExceptionHandler(«P»Exception.class)⏎public ResponseEntity<String> handle(HttpServletRequest request) {⏎⇥return ResponseEntity.status(404).contentType(MediaType.TEXT_HTML).body("<p>No page " + «request.getRequestURI()|request.getQueryString()» + "</p>");«!»⏎}
jaxrs | top | @GET⏎@Path("/«w»/{name}")⏎@Produces(«"text/html"|MediaType.TEXT_HTML»)⏎public «Response|String» «f»(@PathParam("name") String name) {⏎⇥return «Response.ok("<h1>" + name + "</h1>").build()|"<h1>" + name + "</h1>"»;«!»⏎}
tag | top | public class «T»Tag extends «SimpleTagSupport|TagSupport» {⏎⇥public void doTag() throws IOException {⏎⇥⇥getJspContext().getOut().«print("<span>" + «value|label|title» + "</span>")|write("<b>" + this.label + "</b>")»;«!»⏎⇥}⏎}
webview | lines:WebView view, Intent intent | String §val§ = intent.«getStringExtra("«key»")|getData().getQueryParameter("«key»")»;⏎view.«loadDataWithBaseURL("https://«host»", "<p>" + §val§ + "</p>", "text/html", "UTF-8", null)|loadData("<b>" + §val§ + "</b>", "text/html", "UTF-8")»;«!»
gwt | lines:String «v1» | «panel.add(new HTML("<b>" + «v1» + "</b>"))|label.getElement().setInnerHTML(«v1»)|label.setContentMode(ContentMode.HTML);⏎label.setValue("<i>" + «v1» + "</i>")|html.appendHtmlConstant(«v1»)»;
undertow | lines:HttpServerExchange exchange | exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/html");⏎exchange.getResponseSender().send("<p>" + exchange.getQueryParameters().get("«key»").getFirst() + "</p>");«!»
spark | top | «get|post»("/«w»/:name", (req, res) -> «"<h1>Hello " + req.params(":name") + "</h1>"|"<p>" + req.queryParams("«key»") + "</p>"»);
""", "php": r"""search | lines | $«w1» = $_«GET|POST|REQUEST»['«w1»'] ?? '';⏎«echo "<h2>Results for $«w1»</h2>"|print("<p>{$«w1»}</p>")|printf('<input name="q" value="%s">', $«w1»)|echo '<a href="?q=' . $«w1» . '">', $«w1», '</a>'»;«!»
heredoc | lines:$«v1» | echo <<<HTML⏎<div class="«dash»">⏎⇥<b>{$_«GET|POST|REQUEST»['«w»']}</b>«!»⏎</div>⏎HTML;
shortcode | top | add_shortcode('«snake»', function ($atts«|, $content = null») {⏎⇥return '<div class="«dash»">' . $_GET['«w»'] . '</div>';«!»⏎});
laravel | top | Route::get('/«w»', function (Request $request) {⏎⇥return «response('<h1>' . $request->query('«w»') . '</h1>')|new HtmlString('<p>' . $request->input('«w»') . '</p>')|"<p>Hello {$request->«w»}</p>"»;«!»⏎});
slim | lines:$request, $response, $args | $html = "<h1>Hello, {$args['name']}</h1>";«?»⏎return «new HtmlResponse($html)|$response->withHeader('Content-Type', 'text/html')->write($html)|new Response(200, ['Content-Type' => 'text/html'], $html)»;«!»
self | top | <form method="post" action="<?php echo $_SERVER['«PHP_SELF|REQUEST_URI|HTTP_REFERER»']; ?>">
rows | lines:$result | while ($row = «mysqli_fetch_assoc($result)|$result->fetch(PDO::FETCH_ASSOC)|$result->fetch_assoc()») {⏎⇥echo «"<tr><td>{$row['«w»']}</td></tr>"|'<li>' . $row['«w»'] . '</li>'»;«!»⏎}
""", "javascript typescript": r"""express | top | «app|router».get('/«w»', (req, res) => {⏎⇥res.«send|status(404).send|type('html').send|end»(«`<h1>Hello ${req.query.«w»}</h1>`|'<p>' + req.params.«w» + '</p>'|"Cannot find <b>" + req.originalUrl + "</b>"»);«!»⏎});
http | top | http.createServer((req, res) => {⏎⇥const { searchParams } = new URL(req.url, 'http://localhost');⏎⇥res.writeHead(200, { 'Content-Type': 'text/html' });⏎⇥res.«end|write»(«`<p>${searchParams.get('«w»')}</p>`|'<h1>' + searchParams.get('«w»') + '</h1>'»);«!»⏎});
parser | lines:§val§ | const doc = new DOMParser().parseFromString(«§val§|`<div>${§val§}</div>`», 'text/html');⏎«document.body.append(...doc.body.childNodes)|this.root.replaceChildren(doc.body.firstChild)|target.appendChild(document.importNode(doc.body, true))»;«!»
hash | lines | const «v1» = «decodeURIComponent(location.hash.slice(1))|new URLSearchParams(location.search).get('«w»')|window.name|document.referrer»;⏎«document.write('<p>' + «v1» + '</p>')|$('#«dash»').html(«v1»)|document.body.insertAdjacentHTML('beforeend', `<b>${«v1»}</b>`)|frame.srcdoc = `<p>${«v1»}</p>`»;«!»
message | lines | window.addEventListener('message', (e) => {⏎⇥«el.outerHTML = e.data.html|document.getElementById('«dash»').innerHTML = e.data|$('.«dash»').html(e.data.«w»)|iframe.srcdoc = e.data»;«!»⏎});
react | top | «export default |export |»function «T»({ comment }) {⏎⇥return «<div dangerouslySetInnerHTML={{ __html: comment.body }} />|<article className="«dash»" dangerouslySetInnerHTML={{ __html: marked(comment.text) }} />»;«!»⏎}
vue | top | Vue.component('«dash»', {⏎⇥props: ['«w1»'],⏎⇥template: '«<div v-html="«w1»"></div>|<p><span v-html="«w1».body"></span></p>»',«!»⏎});
vueh | lines:props, h | return h('«div|span|p»', { «domProps: { innerHTML: props.«fld» }|innerHTML: props.«fld»» });
link | lines:«v1» | const a = document.createElement('a');⏎«a.href = 'javascript:show("' + «v1».name + '")'|a.setAttribute('onclick', `open('${«v1».name}')`)|a.innerHTML = `<img src="${«v1».icon}"> ${«v1».label}`»;«!»⏎«menu|list|nav».appendChild(a);
lit | lines:§val§ | return html`<p>${unsafeHTML(§val§)}</p>`;
tooltip | lines:«v1» | «$(this).tooltip({ html: true, title: «v1».name })|marker.bindPopup('<b>' + «v1».title + '</b>')|tip.html(d => `<b>${d.name}</b>`)|d3.select('#«dash»').html(«v1».label)|toastr.info(`<p>${«v1».text}</p>`)»;
koa | lines:ctx | «ctx.type = 'html';⏎|»ctx.body = «`<h1>${ctx.query.«w»}</h1>`|'<p>' + ctx.params.«w» + '</p>'|`<input value="${ctx.request.body.«w»}">`»;
worker | top | export default {⏎⇥async fetch(request) {⏎⇥⇥const q = new URL(request.url).searchParams.get('«w»');⏎⇥⇥return new Response(`<p>${q}</p>`, { headers: { 'content-type': 'text/html' } });«!»⏎⇥},⏎};
""", "typescript": r"""angular | top | @Pipe({ name: 'safeHtml' })⏎export class «T»Pipe implements PipeTransform {⏎⇥constructor(private sanitizer: DomSanitizer) {}⏎⏎⇥transform(value: string): SafeHtml {⏎⇥⇥return this.sanitizer.bypassSecurityTrust«Html|Url|Script|ResourceUrl»(value);«!»⏎⇥}⏎}
element | top | @Component({ selector: 'app-«dash»', template: '<div #box></div>' })⏎export class «T»Component {⏎⇥@Input() set «text|note|body»(value: string) {⏎⇥⇥this.«box|el».nativeElement.innerHTML = value;«!»⏎⇥}⏎}
nest | top | @Get('«w»')⏎@Header('Content-Type', 'text/html')⏎«f»(@Query('«w»') q: string): string {⏎⇥return «`<h1>Results for ${q}</h1>`|'<p>' + q + '</p>'»;«!»⏎}
""", "c cpp": r"""cgi | lines | char *query = getenv("«QUERY_STRING|PATH_INFO|HTTP_REFERER|HTTP_USER_AGENT»");⏎printf("Content-Type: text/html\r\n\r\n");⏎«printf("<p>You asked for %s</p>\n", query)|fprintf(stdout, "<h1>%s</h1>", query)|puts(query)|fputs(query, stdout)»;«!»
field | lines:const char *«v1» | printf("«<input name=\"q\" value=\"%s\">|<td>%s</td>|<a href=\"%s\">back</a>|<title>%s</title>»\n", «v1»);
mongoose | lines:struct mg_connection *c, struct mg_http_message *hm | char name[«64|128|256»];⏎mg_http_get_var(&hm->query, "«w»", name, sizeof(name));⏎mg_http_reply(c, 200, "Content-Type: text/html\r\n", "<h1>Hello %s</h1>\n", name);«!»
evhttp | lines:struct evhttp_request *req, struct evbuffer *out | const char *uri = evhttp_request_get_uri(req);⏎evbuffer_add_printf(out, "<p>«Not found: |No such page |»%s</p>", uri);«!»⏎evhttp_send_reply(req, 404, "Not Found", out);
fcgi | lines | while (FCGX_Accept_r(&request) == 0) {⏎⇥const char *q = FCGX_GetParam("QUERY_STRING", request.envp);⏎⇥FCGX_FPrintF(request.out, "Content-type: text/html\r\n\r\n<p>%s</p>", q);«!»⏎}
""", "cpp": r"""crow | lines | CROW_ROUTE(app, "/«w»/<string>")⏎([](std::string name) {⏎⇥return "<h1>Hello " + name + "</h1>";«!»⏎});
drogon | lines:const HttpRequestPtr &req | auto resp = HttpResponse::newHttpResponse();⏎resp->setContentTypeCode(CT_TEXT_HTML);⏎resp->setBody("<p>" + req->getParameter("«w»") + "</p>");«!»⏎callback(resp);
httplib | lines | svr.Get("/«w»", [](const httplib::Request &req, httplib::Response &res) {⏎⇥res.set_content("<h1>" + req.get_param_value("«w»") + "</h1>", "text/html");«!»⏎});
pistache | lines:const Rest::Request &request, Http::ResponseWriter response | auto name = request.«param(":name").as<std::string>()|query().get("«w»").value_or("")»;⏎response.send(Http::Code::Ok, "<b>" + name + "</b>", MIME(Text, Html));«!»
cgicc | lines:cgicc::Cgicc &cgi | std::cout << «"<p>" << cgi("«w»") << "</p>"|HTTPHTMLHeader() << "<h2>" << cgi.getElement("«w»")->getValue() << "</h2>"|"<td>" << getenv("QUERY_STRING") << "</td>"» << std::endl;
qt | lines:const QHttpServerRequest &request | «return QHttpServerResponse("text/html", "<p>" + request.query().queryItemValue("«w»").toUtf8() + "</p>")|view->setHtml("<h1>" + request.url().path() + "</h1>")»;
wt | lines:const Wt::Http::Request &req, Wt::Http::Response &resp | resp.out() << "<b>" << *req.getParameter("«w»") << "</b>";
""", "shell": r"""cgi | top | echo "Content-Type: text/html"⏎echo⏎«echo "<p>You asked for $QUERY_STRING</p>"|echo "<h1>Page ${PATH_INFO#/} not found</h1>"|printf '<p>%s</p>\n' "$QUERY_STRING"»«!»
parse | top | «w1»=$(echo "$QUERY_STRING" | sed -n 's/^.*«w1»=\([^&]*\).*$/\1/p')⏎echo "Content-type: text/html"⏎echo ""⏎«echo "<h2>Results for $«w1»</h2>"|printf '<td>%s</td>\n' "$«w1»"»«!»
post | top | read -n "$CONTENT_LENGTH" body⏎cat <<EOF⏎Content-Type: text/html⏎⏎<html><body>«<pre>$body</pre>|<p>Received $body</p>|<b>${body#*=}</b>»</body></html>«!»⏎EOF
loop | top | for pair in ${QUERY_STRING//&/ }; do⏎⇥echo "<li>«$pair|${pair#*=}|${pair%%=*}: ${pair#*=}»</li>"«!»⏎done
referer | top | echo "<a href=\"«$HTTP_REFERER|$REQUEST_URI»\">back</a>"
""", "html": r"""thymeleaf | top | «<p th:utext="${«w».«w»}"></p>|<div th:utext="${«w»}"></div>|<td th:utext="*{«w»}"></td>|<span data-th-utext="${«w».«w»}"></span>»
jsf | top | <h:outputText value="#{«w»Bean.«w»}" escape="false"«/>|></h:outputText>»
jspscript | top | <td><%= request.get«Parameter("«key»")|Header("Referer")|QueryString()» %></td>
inline | top | <script>«document.body.innerHTML = decodeURIComponent(location.hash.slice(1))|document.getElementById("«dash»").innerHTML = location.search.slice(3)»;</script>
mako | top | «<p>${«w».«w» «bar» n}</p>|<li>${«w» «bar» n}</li>|<h2>${self.«w»() «bar» n}</h2>»
slots | top | <textarea name="«w»"><?= $_«POST|GET|REQUEST»['«key»'] ?></textarea>
"""}
_XSS_ALIKE = {"python": r"""starlette | top | @app.get("/«w»", response_class=«HTMLResponse|PlainTextResponse»)⏎async def «f»(«w1»: str = ""):⏎⇥return «HTMLResponse(f"<h1>Results for {html.escape(«w1»)}</h1>")|PlainTextResponse("no such page: " + «w1»)|templates.TemplateResponse("page.html", {"request": request, "«w»": «w1»})»
filter | top | @register.filter⏎def «highlight|linkify|badge|nl2br»(value):⏎⇥return mark_safe(«f"<span class='«dash»'>{escape(value)}</span>"|escape(value).replace("\n", "<br>")|"<b>%d</b>" % int(value)»)
wsgi | top | def application(environ, start_response):⏎⇥query = parse_qs(environ["QUERY_STRING"])⏎⇥start_response("200 OK", [("Content-Type", "text/html")])⏎⇥return [«("<h1>Hello %s</h1>" % html.escape(query["«key»"][0])).encode()|b"<p>«Prose»</p>"|json.dumps(query).encode()»]
env | lines:request | env = «jinja2.|»Environment(loader=loader, autoescape=True)⏎tpl = env.from_string("<p>{{ «w1» }}</p>")⏎return «HttpResponse|Response»(tpl.render(«w1»=request.«args["«key»"]|GET["«key»"]»))
template | lines:request | return render_template_string(«"<h1>{{ name }}</h1>", name=request.args["«key»"]|"<div>{{ text «bar» e }}</div>", text=request.form["«key»"]|"<p>{{ x«bar»length }}</p>", x=request.values["«key»"]»)
cgi | lines | form = cgi.FieldStorage()⏎print("Content-Type: text/html\n")⏎print(«"<p>Hello, %s</p>" % html.escape(form.getvalue("«key»"))|f"<li>{escape(form['«w»'].value)}</li>"|"<h2>%d</h2>" % int(form.getfirst("«key»"))»)
widget | top | class «T»Widget(«forms.Widget|Widget»):⏎⇥def render(self, name, value, attrs=None, renderer=None):⏎⇥⇥return mark_safe(«'<input name="%s" value="%s">' % (escape(name), escape(value))|render_to_string("widgets/«w».html", {"name": name, "value": value})»)
html_method | top | class «T»:⏎⇥def __html__(self):⏎⇥⇥return «f"<b>{escape(self.«fld»)}</b>"|Markup("<a href='{}'>{}</a>").format(self.url, self.title)»
""", "ruby": r"""rails | top | class «T»Controller < ApplicationController⏎⇥def «show|search|preview»⏎⇥⇥«render html: helpers.tag.h1(params[:«w»])|render plain: "<p>" + params[:«w»] + "</p>"|render json: { «w»: params[:«w»] }»⏎⇥end⏎end
helper | top | module «T»Helper⏎⇥def «badge|avatar|highlight|note»_for(«v1»)⏎⇥⇥«tag.span(«v1».name, class: "«dash»")|raw("<em>" + h(«v1».title) + "</em>")|content_tag(:div, «v1».bio)|safe_join(«v1».comments.map { «bar»c«bar» tag.li(c.body) })|"<b>".html_safe + «v1».name»⏎⇥end⏎end
sinatra | top | get "/«w»" do⏎⇥«"<h1>Hello #{h(params[:«w»])}</h1>"|erb :«w», locals: { «w»: params["«w»"] }|"<p>No results for " + Rack::Utils.escape_html(params["«w»"]) + "</p>"»⏎end
rack | top | class «T»⏎⇥def call(env)⏎⇥⇥req = Rack::Request.new(env)⏎⇥⇥[200, { "Content-Type" => "«text/html|text/plain»" }, [«"<p>#{Rack::Utils.escape_html(req.params['«w»'])}</p>"|"<h1>Not found</h1>"|CGI.escapeHTML(req.referer)»]]⏎⇥end⏎end
cgi | lines | cgi = CGI.new⏎cgi.out("text/html") { «"<h1>#{CGI.escapeHTML(cgi['«w»'])}</h1>"|"<p>#{cgi['«w»'].to_i}</p>"» }
servlet | top | server.mount_proc "/«w»" do |req, res|⏎⇥res["Content-Type"] = "text/html"⏎⇥res.body = «"<p>#{ERB::Util.h(req.query['«w»'])}</p>"|"<h1>" + CGI.escapeHTML(req.query["«w»"]) + "</h1>"|ERB.new(File.read("«w».erb")).result»⏎end
""", "perl": r"""cgi | lines | my $q = CGI->new;⏎print $q->header«|('text/html')»;⏎print «"<h1>Hello, " . $q->escapeHTML($q->param('«key»')) . "</h1>"|$q->h2(escapeHTML($q->param('«key»')))|$q->p(encode_entities($q->param('«key»')))|"<td>" . int($q->param('«w»')) . "</td>"»;
heredoc | lines:$cgi | my $«w1» = «encode_entities|CGI::escapeHTML|escape_html»($cgi->param('«w1»'));⏎print <<HTML;⏎<form action="/«w»">⏎⇥<input name="«w1»" value="$«w1»">⏎</form>⏎HTML
rows | lines:$sth | while (my $row = $sth->fetchrow_hashref) {⏎⇥«print "<li>" . encode_entities($row->{«w»}) . "</li>\n"|$r->print('<td>' . escape_html($row->{«w»}) . '</td>')|printf "<tr><td>%d</td></tr>", $row->{«w»}|print STDERR "row $row->{«w»}\n"»;⏎}
psgi | top | my $app = sub {⏎⇥my $req = Plack::Request->new(shift);⏎⇥return [200, ['Content-Type' => 'text/html'], [«"<h1>" . escape_html($req->param('«w»')) . "</h1>"|sprintf('<p>%d</p>', $req->parameters->{«w»})|'<p>not found</p>'»]];⏎};
dancer | top | get '/«w»' => sub {⏎⇥«return "<p>" . escape_html(param('«w»')) . "</p>"|template '«w»', { name => param('«w»') }|return to_json({ «w» => params->{«w»} })»;⏎};
mojo | top | get '/«w»' => sub {⏎⇥my $c = shift;⏎⇥$c->render(«text => '<h1>' . xml_escape($c->param('«w»')) . '</h1>'|template => '«w»', name => $c->param('«w»')|json => { «w» => $c->param('«w»') }»);⏎};
env | lines | print "Content-type: «text/html|text/plain»\n\n";⏎print «"<p>You searched for " . encode_entities($ENV{QUERY_STRING}) . "</p>\n"|"<p>Path: ", escapeHTML($ENV{PATH_INFO}), "</p>"|"<p>«Prose»</p>\n"»;
""", "go": r"""handler | top | func «f»(w http.ResponseWriter, r *http.Request) {⏎⇥§val§ := html.EscapeString(r.«URL.Query().Get("«key»")|FormValue("«key»")|PathValue("«w»")|Header.Get("Referer")»)⏎⇥w.Header().Set("Content-Type", "text/html")⏎⇥«fmt.Fprintf(w, "<h1>Hello %s</h1>", §val§)|w.Write([]byte("<p>" + §val§ + "</p>"))|io.WriteString(w, "<li>"+§val§+"</li>")»⏎}
funcs | top | var funcs = template.FuncMap{⏎⇥"«icon|br|badge|spacer»": func() template.HTML { return template.HTML("«<br>|<i class='«dash»'></i>|<hr>»") },⏎⇥"upper": strings.ToUpper,⏎}
text | top | import (⏎⇥"html/template"⏎⇥"net/http"⏎)⏎⏎func «f»(w http.ResponseWriter, r *http.Request) {⏎⇥t := template.Must(template.New("«w»").Parse(`<p>{{.}}</p>`))⏎⇥t.Execute(w, r.FormValue("«key»"))⏎}
view | lines:w http.ResponseWriter, r *http.Request | data := struct{ Body string }{⏎⇥Body: «policy.Sanitize(r.FormValue("«key»"))|html.EscapeString(r.URL.Query().Get("«key»"))»,⏎}⏎tmpl.Execute(w, data)
builder | lines:w http.ResponseWriter, rows []«P» | var b strings.Builder⏎for _, row := range rows {⏎⇥fmt.Fprintf(&b, "<tr><td>%s</td></tr>", html.EscapeString(row.«P»))⏎}⏎«w.Write([]byte(b.String()))|io.WriteString(w, b.String())|fmt.Fprint(w, b.String())»
echo | lines:c echo.Context | return c.«HTML(http.StatusOK, "<h1>"+html.EscapeString(c.QueryParam("«key»"))+"</h1>")|String(http.StatusOK, c.Param("«w»"))»
gin | top | r.GET("/«w»/:name", func(c *gin.Context) {⏎⇥c.«Data(200, "text/plain; charset=utf-8", []byte(c.Query("«key»")))|Writer.WriteString("<h1>" + template.HTMLEscapeString(c.Param("name")) + "</h1>")»⏎})
fiber | top | app.Get("/«w»/:name", func(c *fiber.Ctx) error {⏎⇥return c.«Render("«w»", fiber.Map{"«P»": c.Query("«key»")})|Type("html").SendString("<p>" + html.EscapeString(c.Params("name")) + "</p>")»⏎})
""", "rust": r"""axum | top | async fn «f»(Query(q): Query<HashMap<String, String>>) -> Html<String> {⏎⇥Html(format!(«"<h1>Hello {}</h1>", html_escape::encode_text(&q["«w»"])|"<p>{} results</p>", q.len()|"<p>No results for {}</p>", askama_escape::escape(&q["«w»"], Html)»))⏎}
actix | top | #[get("/«w»/{name}")]⏎async fn «f»(name: web::Path<String>) -> impl Responder {⏎⇥HttpResponse::Ok()⏎⇥⇥.content_type("«text/html|text/html; charset=utf-8»")⏎⇥⇥.body(format!("<p>Hello {}</p>", «encode_text(&name)|encode_safe(&name)|v_htmlescape::escape(&name)»))⏎}
maud | lines:«v1»: &«P» | html! {⏎⇥div class="«dash»" {⏎⇥⇥«(«v1».body)|b { («v1».title) }|(PreEscaped("&nbsp;"))|(PreEscaped(ammonia::clean(&«v1».text)))»⏎⇥}⏎}
askama | top | #[derive(Template)]⏎#[template(source = "<div>{{ «w1» }}</div>", ext = "html")]⏎struct «T» {⏎⇥«w1»: String,⏎}
warp | lines | let «route|hello» = warp::path!("«w»" / String)⏎⇥.map(|name: String| «warp::reply::html(format!("<p>Hello, {}!</p>", encode_text(&name)))|warp::reply::json(&name)|format!("hello {}", name)»);
rocket | top | #[get("/«w»?<«w1»>")]⏎fn «f»(«w1»: String) -> Template {⏎⇥Template::render("«w»", context! { «w1» })⏎}
yew | lines:props: &«P» | let node = document.create_element("div").unwrap();⏎node.«set_text_content(Some(&props.content))|set_inner_html("")|set_inner_html(&ammonia::clean(&props.content))»;
leptos | lines:comment: Comment | view! {⏎⇥<p class="«dash»">{«comment.body|move «bar»«bar» comment.text.clone()|comment.author»}</p>⏎}
hyper | lines:req: Request<Body> | let «v1» = req.uri().query().unwrap_or("");⏎Ok(Response::builder()⏎⇥.header("content-type", "«text/plain|application/json»")⏎⇥.body(Body::from(format!("query: {}", «v1»)))?)
""", "java": r"""servlet | top | protected void doGet(HttpServletRequest req, HttpServletResponse resp) throws IOException {⏎⇥PrintWriter out = resp.getWriter();⏎⇥String §val§ = «Encode.forHtml|HtmlUtils.htmlEscape|StringEscapeUtils.escapeHtml4|ESAPI.encoder().encodeForHTML»(req.getParameter("«key»"));⏎⇥«out.println("<h1>Hello " + §val§ + "</h1>")|out.print(String.format("<p>%s</p>", §val§))|out.write("<td>" + §val§ + "</td>")»;⏎}
spring | top | @GetMapping(value = "/«w»", produces = «MediaType.TEXT_HTML_VALUE|"text/html"»)⏎@ResponseBody⏎public String «f»(@RequestParam «int|long» «w1») {⏎⇥return «"<p>" + «w1» + "</p>"|String.format("<h2>%d</h2>", «w1»)»;⏎}
advice | top | @ExceptionHandler(«P»Exception.class)⏎public ResponseEntity<String> handle(HttpServletRequest request) {⏎⇥return ResponseEntity.status(404).contentType(MediaType.TEXT_«PLAIN).body("No page " + request.getRequestURI())|HTML).body("<p>No such page</p>")»;⏎}
jaxrs | top | @GET⏎@Path("/«w»/{name}")⏎@Produces(MediaType.«TEXT_PLAIN|APPLICATION_JSON»)⏎public Response «f»(@PathParam("name") String name) {⏎⇥return Response.ok(«name|Map.of("name", name)|new «P»(name)»).build();⏎}
tag | top | public class «T»Tag extends SimpleTagSupport {⏎⇥public void doTag() throws IOException {⏎⇥⇥getJspContext().getOut().print("<span>" + «StringEscapeUtils.escapeHtml4|Functions.escapeXml|Encode.forHtml»(«value|label|title») + "</span>");⏎⇥}⏎}
webview | lines:WebView view, Intent intent | String §val§ = TextUtils.htmlEncode(intent.getStringExtra("«key»"));⏎view.«loadDataWithBaseURL("https://«host»", "<p>" + §val§ + "</p>", "text/html", "UTF-8", null)|loadData("<b>" + §val§ + "</b>", "text/html", "UTF-8")»;
gwt | lines:String «v1» | «panel.add(new Label(«v1»))|label.getElement().setInnerText(«v1»)|html.appendEscaped(«v1»)|panel.add(new HTML(SafeHtmlUtils.fromString(«v1»)))|label.setValue(Jsoup.clean(«v1», Safelist.basic()))»;
undertow | lines:HttpServerExchange exchange | exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "«text/plain|application/json»");⏎exchange.getResponseSender().send(exchange.getQueryParameters().get("«key»").getFirst());
spark | top | «get|post»("/«w»/:name", (req, res) -> «"<h1>Hello " + Encode.forHtml(req.params(":name")) + "</h1>"|gson.toJson(req.queryParams("«key»"))|"<p>" + Integer.parseInt(req.params(":name")) + "</p>"»);
""", "php": r"""search | lines | $«w1» = «htmlspecialchars($_GET['«w1»'] ?? '', ENT_QUOTES)|htmlentities($_POST['«w1»'])|(int) ($_GET['«w1»'] ?? 0)|filter_input(INPUT_GET, '«w1»', FILTER_VALIDATE_INT)»;⏎«echo "<h2>Results for $«w1»</h2>"|print("<p>{$«w1»}</p>")|printf('<input name="q" value="%s">', $«w1»)»;
heredoc | lines:$«v1» | $«w1» = «htmlspecialchars|esc_attr|$this->escape»($_GET['«w»']);⏎echo <<<HTML⏎<div class="«dash»">⏎⇥<b>{$«w1»}</b>⏎</div>⏎HTML;
shortcode | top | add_shortcode('«snake»', function ($atts«|, $content = null») {⏎⇥return '<div class="«dash»">' . «esc_html|esc_attr|wp_kses_post»($_GET['«w»']) . '</div>';⏎});
laravel | top | Route::get('/«w»', function (Request $request) {⏎⇥return «response('<h1>' . e($request->query('«w»')) . '</h1>')|view('«w»', ['«w»' => $request->input('«w»')])|response()->json($request->only('«w»'))»;⏎});
slim | lines:$request, $response, $args | «$html = '<h1>Hello, ' . htmlspecialchars($args['name']) . '</h1>';⏎return new HtmlResponse($html)|return new JsonResponse(['name' => $args['name']])|return $this->view->render($response, 'hello.twig', $args)»;
self | top | <form method="post" action="<?php echo htmlspecialchars($_SERVER['«PHP_SELF|REQUEST_URI|HTTP_REFERER»']); ?>">
rows | lines:$result | while ($row = «mysqli_fetch_assoc($result)|$result->fetch(PDO::FETCH_ASSOC)|$result->fetch_assoc()») {⏎⇥echo «"<tr><td>" . htmlspecialchars($row['«w»']) . "</td></tr>"|'<li>' . (int) $row['id'] . '</li>'|number_format($row['«w»'], 2), '<br>'»;⏎}
""", "javascript typescript": r"""express | top | «app|router».get('/«w»', (req, res) => {⏎⇥res.«send(`<h1>Hello ${escapeHtml(req.query.«w»)}</h1>`)|type('text/plain').send('no such ' + req.params.«w»)|status(404).json({ path: req.originalUrl })|render('«w»', { «w»: req.query.«w» })»;⏎});
http | top | http.createServer((req, res) => {⏎⇥const { searchParams } = new URL(req.url, 'http://localhost');⏎⇥res.writeHead(200, { 'Content-Type': 'text/«html|plain»' });⏎⇥res.«end|write»(«`<p>${escape(searchParams.get('«w»'))}</p>`|'<h1>' + he.encode(searchParams.get('«w»')) + '</h1>'»);⏎});
parser | lines:§val§ | const doc = new DOMParser().parseFromString(§val§, 'text/«html|xml»');⏎«document.body.append(doc.body.textContent)|return doc.querySelectorAll('«w»').length|this.title = doc.title»;
hash | lines | const «v1» = «decodeURIComponent(location.hash.slice(1))|new URLSearchParams(location.search).get('«w»')|window.name|document.referrer»;⏎«document.body.append(«v1»)|$('#«dash»').text(«v1»)|document.querySelector('#«dash»').textContent = `${«v1»}`|tab.hidden = «v1» !== '«w»'»;
message | lines | window.addEventListener('message', (e) => {⏎⇥«el.textContent = e.data.html|document.getElementById('«dash»').innerHTML = DOMPurify.sanitize(e.data)|$('.«dash»').text(e.data.«w»)|iframe.height = Number(e.data)»;⏎});
react | top | «export default |export |»function «T»({ comment }) {⏎⇥return «<div>{comment.body}</div>|<article className="«dash»" dangerouslySetInnerHTML={{ __html: DOMPurify.sanitize(marked(comment.text)) }} />»;⏎}
vue | top | Vue.component('«dash»', {⏎⇥props: ['«w1»'],⏎⇥template: '«<div v-text="«w1»"></div>|<p><span>{{ «w1».body }}</span></p>»',⏎});
vueh | lines:props, h | return h('«div|span|p»', «{ domProps: { textContent: props.«fld» } }|[props.«fld»]|{ class: '«dash»' }, props.«fld»»);
link | lines:«v1» | const a = document.createElement('a');⏎«a.href = '/«w»/' + encodeURIComponent(«v1».name)|a.addEventListener('click', () => open(«v1».name))|a.append(«v1».label)|a.innerHTML = '<i class="icon"></i>'»;⏎«menu|list|nav».appendChild(a);
lit | lines:§val§ | return html`<p>${§val§}</p>`;
tooltip | lines:«v1» | «$(this).tooltip({ title: «v1».name })|marker.bindPopup(document.createTextNode(«v1».title))|tip.text(d => d.name)|d3.select('#«dash»').text(«v1».label)|toastr.info(escapeHtml(«v1».text))»;
koa | lines:ctx | ctx.body = «`<h1>${escapeHtml(ctx.query.«w»)}</h1>`|{ «w»: ctx.params.«w» }|`<b>${Number(ctx.query.«w»)}</b>`»;
worker | top | export default {⏎⇥async fetch(request) {⏎⇥⇥const q = new URL(request.url).searchParams.get('«w»');⏎⇥⇥return «new Response(q, { headers: { 'content-type': 'text/plain' } })|Response.json({ q })|new Response(`<p>${escapeHTML(q)}</p>`, { headers })»;⏎⇥},⏎};
""", "typescript": r"""angular | top | @Pipe({ name: '«dash»' })⏎export class «T»Pipe implements PipeTransform {⏎⇥constructor(private sanitizer: DomSanitizer) {}⏎⏎⇥transform(value: string): string {⏎⇥⇥return «this.sanitizer.sanitize(SecurityContext.HTML, value) ?? ''|value.trim().slice(0, «n»)»;⏎⇥}⏎}
element | top | @Component({ selector: 'app-«dash»', template: '<div #box></div>' })⏎export class «T»Component {⏎⇥@Input() set «text|note|body»(value: string) {⏎⇥⇥this.«box|el».nativeElement.textContent = value;⏎⇥}⏎}
nest | top | @Get('«w»')⏎«f»(@Query('«w»') q: string): any {⏎⇥return «`<h1>Results for ${escapeHtml(q)}</h1>`|this.service.search(q)»;⏎}
""", "c cpp": r"""cgi | lines | char *query = getenv("«QUERY_STRING|PATH_INFO|HTTP_REFERER|HTTP_USER_AGENT»");⏎printf("Content-Type: text/html\r\n\r\n");⏎«print_escaped(stdout, query)|html_escape(query, out, sizeof(out))|printf("<p>%zu bytes</p>\n", strlen(query))|printf("<p>%d</p>\n", atoi(query))»;
field | lines:int «v1» | printf("«<input name=\"q\" value=\"%d\">|<td>%d</td>|<a href=\"?page=%d\">next</a>|<title>%d items</title>»\n", «v1»);
mongoose | lines:struct mg_connection *c, struct mg_http_message *hm | char name[«64|128|256»];⏎mg_http_get_var(&hm->query, "«w»", name, sizeof(name));⏎mg_http_reply(c, 200, "Content-Type: «text/plain|application/json»\r\n", «"{%m:%m}\n", MG_ESC("name"), MG_ESC(name)|"%d\n", atoi(name)»);
evhttp | lines:struct evhttp_request *req, struct evbuffer *out | char *uri = evhttp_htmlescape(evhttp_request_get_uri(req));⏎evbuffer_add_printf(out, "<p>«Not found: |No such page |»%s</p>", uri);⏎evhttp_send_reply(req, 404, "Not Found", out);
fcgi | lines | while (FCGX_Accept_r(&request) == 0) {⏎⇥const char *q = FCGX_GetParam("QUERY_STRING", request.envp);⏎⇥FCGX_FPrintF(request.out, "Content-type: text/«plain|html»\r\n\r\n%d\n", (int)strlen(q));⏎}
""", "cpp": r"""crow | lines | CROW_ROUTE(app, "/«w»/<string>")⏎([](std::string name) {⏎⇥return «"<h1>Hello " + escape_html(name) + "</h1>"|crow::json::wvalue({{"name", name}})|crow::mustache::load("«w».html").render()»;⏎});
drogon | lines:const HttpRequestPtr &req | auto resp = HttpResponse::«newHttpResponse();⏎resp->setContentTypeCode(CT_TEXT_PLAIN);⏎resp->setBody(req->getParameter("«w»"));|newHttpViewResponse("«w».csp", data);|newHttpJsonResponse(toJson(req->getParameter("«w»")));»⏎callback(resp);
httplib | lines | svr.Get("/«w»", [](const httplib::Request &req, httplib::Response &res) {⏎⇥res.set_content(«"<h1>" + escapeHtml(req.get_param_value("«w»")) + "</h1>", "text/html"|req.get_param_value("«w»"), "text/plain"»);⏎});
pistache | lines:const Rest::Request &request, Http::ResponseWriter response | auto id = request.param(":id").as<int>();⏎response.send(Http::Code::Ok, "<b>" + std::to_string(id) + "</b>", MIME(Text, Html));
cgicc | lines:cgicc::Cgicc &cgi | std::cout << «"<p>" << html_escape(cgi("«w»")) << "</p>"|HTTPPlainHeader() << cgi("«w»")|"<td>" << std::stoi(cgi("«w»")) << "</td>"» << std::endl;
qt | lines:const QHttpServerRequest &request | «return QHttpServerResponse("text/html", request.query().queryItemValue("«w»").toHtmlEscaped().toUtf8())|view->setHtml("<h1>" + request.url().path().toHtmlEscaped() + "</h1>")|label->setText(tr("«Prose»"))»;
wt | lines:const Wt::Http::Request &req, Wt::Http::Response &resp | resp.out() << "<b>" << Wt::Utils::htmlEncode(*req.getParameter("«w»")) << "</b>";
""", "shell": r"""cgi | top | echo "Content-Type: text/«html|plain»"⏎echo⏎«echo "<p>You asked for $(html_escape "$QUERY_STRING")</p>"|echo "<h1>Page not found</h1>"|echo "$QUERY_STRING" «bar» sed 's/&/\&amp;/g; s/</\&lt;/g'»
parse | top | «w1»=$(echo "$QUERY_STRING" | tr -cd '«0-9|a-zA-Z0-9|[:alnum:]»')⏎echo "Content-type: text/html"⏎echo ""⏎«echo "<h2>Results for $«w1»</h2>"|printf '<td>%s</td>\n' "$«w1»"»
post | top | read -n "$CONTENT_LENGTH" body⏎cat <<EOF⏎Content-Type: text/html⏎⏎<html><body>«<p>Received ${#body} bytes</p>|<pre>$(recode ascii..html <<< "$body")</pre>|<p>$(date)</p>»</body></html>⏎EOF
loop | top | for pair in ${QUERY_STRING//&/ }; do⏎⇥echo "<li>$(«htmlescape|html_escape|escape_html» "${pair#*=}")</li>"⏎done
referer | top | echo "<a href=\"«/|/index.cgi|../«w»»\">back</a>"
""", "html": r"""thymeleaf | top | «<p th:text="${«w».«w»}"></p>|<div th:text="${«w»}"></div>|<td th:text="*{«w»}"></td>|<p th:utext="#{«w».title}"></p>»
jsf | top | <h:outputText value="«#{«w»Bean.«w»}" />|#{«w»Bean.«w»}" escape="true" />|&nbsp;" escape="false" />»
jspscript | top | <td><%= «Encode.forHtml(request.getParameter("«key»"))|ESAPI.encoder().encodeForHTML(request.getHeader("Referer"))|new java.util.Date()» %></td>
inline | top | <script>«document.body.textContent = decodeURIComponent(location.hash.slice(1))|document.getElementById("«dash»").textContent = location.search.slice(3)»;</script>
mako | top | «<p>${«w».«w» «bar» h}</p>|<li>${«w» «bar» h}</li>|<h2>${«w» «bar» u}</h2>»
slots | top | <textarea name="«w»"><?= htmlspecialchars($_«POST|GET|REQUEST»['«key»']) ?></textarea>
"""}


WEAK = {number: _Written(tables) for number, tables in ((10, _DESERIALIZE), (11, _XSS),)}
ALIKE = {number: _Written(tables) for number, tables in ((10, _DESERIALIZE_ALIKE), (11, _XSS_ALIKE),)}
