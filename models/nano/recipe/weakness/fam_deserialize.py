# SPDX-License-Identifier: Apache-2.0
"""Unsafe deserialisation: a value becomes objects; harmless as JSON, with a safe loader, or as our own dump."""
from .family import Family

DESERIALIZE = Family(
    10, "unsafe-deserialize", held_out_language="csharp", casts=False, guards=False, literals=False, param_share=0.4,
    payloads={"*": [""]}, constants={"python": ["\x06b''", "«w»: «n»"], "*": ["«w»: «n»"]}, value_names=tuple(
        "data payload body blob raw state cookie session content buf".split()),
    text_names=tuple("data payload raw decoded blob".split()),
    flow_share=0.8,
    sinks={
        "python": """
pickle.loads | expr | pickle.loads⟦«E»⟧
pickle.load | expr | pickle.load⟦«E»⟧
yaml.load | expr | yaml.load⟦«E»⟧
marshal.loads | expr | marshal.loads⟦«E»⟧
yaml.Loader | expr | yaml.load⟦«E»¦Loader=yaml.«Loader|UnsafeLoader|FullLoader»⟧
cPickle | expr | «cPickle|_pickle|six.moves.cPickle».loads⟦«E»⟧
b64 | expr | pickle.loads⟦«base64.b64decode|base64.urlsafe_b64decode|zlib.decompress|bytes.fromhex»(«E»)⟧
dill | expr | dill.«loads|load»⟦«E»⟧
jsonpickle | expr | jsonpickle.decode⟦«E»⟧
Unpickler | expr | pickle.Unpickler⟦io.BytesIO(«E»)⟧.load()
cloudpickle | expr | cloudpickle.loads⟦«E»⟧
joblib | expr | joblib.load⟦«E»⟧
shelve | expr | shelve.open⟦«E»⟧
torch | expr | torch.load⟦«E»«|¦map_location="cpu"»⟧
unsafe_load | expr | yaml.«unsafe_load|full_load|load_all»⟦«E»⟧
loads | expr | loads⟦«E»¦encoding="latin1"⟧
read_pickle | expr | pd.read_pickle⟦«E»⟧
np.load | expr | np.load⟦«E»¦allow_pickle=True⟧
""",
        "javascript typescript": """
unserialize | expr | «serialize|nodeSerialize|require('node-serialize')».unserialize⟦«E»⟧
yaml.load | expr | yaml.load⟦«E»¦{ schema: yaml.DEFAULT_FULL_SCHEMA }⟧
v8 | expr | v8.deserialize⟦«E»⟧
funcster | expr | funcster.deepDeserialize⟦«E»⟧
cryo | expr | cryo.parse⟦«E»⟧
evalparse | expr | serializer.deserialize⟦«E»⟧
unserialize2 | expr | unserialize⟦«E»⟧
""",
        "php": """
unserialize | expr | unserialize⟦«E»⟧
unserialize.b64 | expr | unserialize⟦«base64_decode|gzuncompress|urldecode|hex2bin»(«E»)⟧
at | lines | $«v» = @unserialize(«E»);
yaml_parse | expr | yaml_parse⟦«E»⟧
maybe | expr | «maybe_unserialize|igbinary_unserialize|msgpack_unpack»⟦«E»⟧
unserialize.true | expr | unserialize⟦«E»¦['allowed_classes' => true]⟧
phar | expr | file_get_contents⟦'phar://' . «E»⟧
""",
        "java": """
ObjectInputStream | expr | new ObjectInputStream⟦new ByteArrayInputStream(«E».getBytes())⟧.readObject()
readObject | lines | ObjectInputStream «v1» = new ObjectInputStream(«v2»);⏎«P» «v» = («P») «v1».readObject();«!»
XMLDecoder | expr | new XMLDecoder⟦new ByteArrayInputStream(«E».getBytes())⟧.readObject()
XStream | expr | «new XStream()|xstream|xStream».fromXML⟦«E»⟧
snakeyaml | expr | «new Yaml()|yaml».«load|loadAs»⟦«E»⟧
ois.b64 | expr | new ObjectInputStream⟦new ByteArrayInputStream(Base64.getDecoder().decode(«E»))⟧.readObject()
kryo | expr | kryo.readClassAndObject⟦new Input(«E».getBytes())⟧
SerializationUtils | expr | SerializationUtils.deserialize⟦«E».getBytes()⟧
fastjson | expr | JSON.parseObject⟦«E»¦Object.class¦Feature.SupportNonPublicField⟧
readUnshared | expr | «ois|in|objectStream».«readUnshared|readObject»⟦⟧
hessian | expr | new HessianInput⟦new ByteArrayInputStream(«E».getBytes())⟧.readObject()
""",
        "ruby": """
Marshal.load | expr | Marshal.«load|restore»⟦«E»⟧
YAML.load | expr | YAML.load⟦«E»⟧
Marshal.b64 | expr | Marshal.load⟦Base64.«decode64|strict_decode64|urlsafe_decode64»(«E»)⟧
YAML.unsafe | expr | «YAML|Psych».unsafe_load⟦«E»⟧
Oj | expr | Oj.«load|object_load»⟦«E»¦mode: :object⟧
Psych | expr | Psych.load⟦«E»⟧
""",
        "perl": """
thaw | expr | «thaw|Storable::thaw»⟦«E»⟧
retrieve | expr | «retrieve|Storable::retrieve»⟦«E»⟧
YAML.Load | expr | YAML::Load⟦«E»⟧
Data.Dumper | lines | my $«v1» = eval «E»;
fd_retrieve | expr | fd_retrieve⟦«E»⟧
thaw.b64 | expr | thaw⟦decode_base64(«E»)⟧
""",
        "csharp": """
BinaryFormatter | expr | new BinaryFormatter().Deserialize⟦new MemoryStream(Convert.FromBase64String(«E»))⟧
formatter | expr | «formatter|bf|binaryFormatter».Deserialize⟦«E»⟧
TypeNameHandling | expr | JsonConvert.DeserializeObject⟦«E»¦new JsonSerializerSettings { TypeNameHandling = TypeNameHandling.«All|Auto» }⟧
LosFormatter | expr | new «LosFormatter|ObjectStateFormatter»().Deserialize⟦«E»⟧
NetDataContract | expr | new NetDataContractSerializer().«ReadObject|Deserialize»⟦«E»⟧
SoapFormatter | expr | new SoapFormatter().Deserialize⟦«E»⟧
""",
    },
    bound={
        "python": """
json.loads | expr | json.loads⟦«X»⟧
json.load | expr | json.load⟦«X»⟧
yaml.safe_load | expr | yaml.safe_load⟦«X»⟧
yaml.SafeLoader | expr | yaml.load⟦«X»¦Loader=yaml.«SafeLoader|CSafeLoader»⟧
yaml.load | expr | yaml.load⟦«X»¦«|Loader=»SafeLoader⟧
literal_eval | expr | ast.literal_eval⟦«X»⟧
pickle.dumps | expr | pickle.dumps⟦«X»⟧
msgpack | expr | msgpack.unpackb⟦«X»⟧
deepcopy | expr | pickle.loads⟦pickle.dumps(«X»)⟧
tomllib | expr | «tomllib|toml».loads⟦«X»⟧
ruamel | expr | YAML(typ="safe").load⟦«X»⟧
torch | expr | torch.load⟦«X»¦weights_only=True⟧
np.load | expr | np.load⟦«X»¦allow_pickle=False⟧
struct | expr | struct.unpack⟦"<IHH"¦«X»⟧
from_json | expr | «P».«parse_raw|model_validate_json|from_json»⟦«X»⟧
fernet | expr | fernet.decrypt⟦«X»⟧
marshal.dumps | expr | marshal.dumps⟦«X»⟧
b64 | expr | base64.b64decode⟦«X»⟧
""",
        "javascript typescript": """
JSON.parse | expr | JSON.parse⟦«X»⟧
yaml.load | expr | yaml.load⟦«X»⟧«?»
yaml.safe | expr | yaml.«safeLoad|load»⟦«X»¦{ schema: yaml.JSON_SCHEMA }⟧
serialize | expr | serialize.serialize⟦«X»⟧
qs | expr | qs.parse⟦«X»⟧
structured | expr | structuredClone⟦«X»⟧
v8 | expr | v8.serialize⟦«X»⟧
msgpack | expr | msgpack.decode⟦«X»⟧
""",
        "php": """
json_decode | expr | json_decode⟦«X»¦true⟧
unserialize | expr | unserialize⟦«X»¦['allowed_classes' => false]⟧
serialize | expr | serialize⟦«X»⟧
simplexml | expr | json_decode⟦«X»⟧
maybe | expr | maybe_serialize⟦«X»⟧
""",
        "java": """
readValue | expr | «mapper|objectMapper».readValue⟦«X»¦«P».class⟧
gson | expr | «new Gson()|gson».fromJson⟦«X»¦«P».class⟧
snakeyaml | expr | new Yaml⟦new SafeConstructor(new LoaderOptions())⟧.load(«X»)
writeObject | stmt | «oos|out».writeObject⟦«X»⟧
JSONObject | expr | new JSONObject⟦«X»⟧
parseFrom | expr | «P».parseFrom⟦«X».getBytes()⟧
filter | lines | ois.setObjectInputFilter(ObjectInputFilter.Config.createFilter("com.«w».*;!*"));
""",
        "ruby": """
JSON.parse | expr | JSON.parse⟦«X»⟧
YAML.safe_load | expr | «YAML|Psych».safe_load⟦«X»«|¦permitted_classes: [Symbol]»⟧
Marshal.dump | expr | Marshal.dump⟦«X»⟧
deepcopy | expr | Marshal.load⟦Marshal.dump(«X»)⟧
Oj | expr | Oj.load⟦«X»¦mode: :strict⟧
""",
        "perl": """
decode_json | expr | decode_json⟦«X»⟧
freeze | expr | «freeze|Storable::freeze»⟦«X»⟧
YAML.safe | expr | YAML::XS::Load⟦«X»⟧«?»
dclone | expr | dclone⟦«X»⟧
""",
        "csharp": """
JsonSerializer | expr | JsonSerializer.Deserialize<«P»>⟦«X»⟧
JsonConvert | expr | JsonConvert.DeserializeObject<«P»>⟦«X»⟧
XmlSerializer | expr | new XmlSerializer(typeof(«P»)).Deserialize⟦«X»⟧
Serialize | expr | JsonSerializer.Serialize⟦«X»⟧
""",
        "go": """
json | expr | json.Unmarshal⟦[]byte(«X»)¦&«v»⟧
decoder | expr | json.NewDecoder⟦strings.NewReader(«X»)⟧.Decode(&«v»)
proto | expr | proto.Unmarshal⟦[]byte(«X»)¦&«v»⟧
""",
        "rust": """
serde | expr | serde_json::from_str::<«P»>⟦&«X»⟧
toml | expr | toml::from_str⟦&«X»⟧
bincode | expr | bincode::serialize⟦&«X»⟧
""",
    },
    weak={
        "python": """
recv | expr | pickle.loads⟦«sock|conn|self.sock|client».recv(«4096|1024|65536|size»)⟧
body | expr | pickle.loads⟦request.«data|get_data()|body|stream.read()»⟧
cookie | lines | «v1» = base64.b64decode(request.cookies.get("«key»"))⏎«v2» = pickle.loads(«v1»)«!»
upload | expr | pickle.load⟦request.files["«key»"]«|.stream»⟧
redis | expr | pickle.loads⟦«r|redis|cache|self.redis».get("«key»")⟧
content | expr | «pickle.loads|yaml.load|marshal.loads»⟦«response|resp|r|requests.get(«v»)».«content|text»⟧
urlopen | expr | pickle.load⟦urlopen(«v»)⟧
yamlbody | expr | yaml.load⟦request.«data|get_data()|body.decode()»⟧
zmq | expr | «socket|self.socket».recv_pyobj⟦⟧
withopen | lines | with open(«v1», "rb") as «f|fh|fp»:⏎⇥«v» = pickle.load(«f|fh|fp»)«!»
yamlopen | lines | with open(«v1») as «f|fh|stream»:⏎⇥«v» = yaml.load(«f|fh|stream»)«!»
message | lines | def on_message(self, «v1»):⏎⇥«v» = pickle.loads(«v1».«body|value|payload|data»)«!»
""",
        "java": """
socket | lines | ObjectInputStream «v1» = new ObjectInputStream(socket.getInputStream());⏎Object «v» = «v1».readObject();«!»
request | expr | new ObjectInputStream⟦request.getInputStream()⟧.readObject()
bytes | lines | try (ObjectInputStream «v1» = new ObjectInputStream(new ByteArrayInputStream(«v2»))) {⏎⇥return («P») «v1».readObject();«!»⏎}
typing | stmt | «mapper|objectMapper».enableDefaultTyping⟦«|ObjectMapper.DefaultTyping.NON_FINAL»⟧
xmldec | lines | XMLDecoder «v1» = new XMLDecoder(request.getInputStream());⏎Object «v» = «v1».readObject();«!»
""",
        "php": """
cookie | expr | unserialize⟦$_«COOKIE|POST|GET|REQUEST|SESSION»['«key»']⟧
cookie64 | expr | unserialize⟦base64_decode($_«COOKIE|POST|GET»['«key»'])⟧
file | expr | unserialize⟦file_get_contents(«'php://input'|$«v»»)⟧
""",
        "ruby": """
cookie | expr | Marshal.load⟦Base64.decode64(cookies[:«w»])⟧
body | expr | YAML.load⟦request.body.read⟧
redis | expr | Marshal.load⟦«redis|$redis|cache».get(«v»)⟧
""",
        "csharp": """
stream | lines | var «v1» = new BinaryFormatter();⏎return («P»)«v1».Deserialize(«v2»);«!»
js | lines | var «v1» = new JavaScriptSerializer(new SimpleTypeResolver());⏎var «v» = «v1».DeserializeObject(«v2»);«!»
""",
    },
    alike={
        "python": """
import | lines | «import pickle|import yaml, json|from yaml import safe_load»
dump | lines | with open(«v1», "wb") as f:⏎⇥pickle.dump(«v», f)
protocol | lines | «v» = pickle.HIGHEST_PROTOCOL
except | lines | except (pickle.PickleError, EOFError):⏎⇥return None
safeopen | lines | with open(«v1») as «f|fh|stream»:⏎⇥«v» = «yaml.safe_load|json.load|tomllib.load»(«f|fh|stream»)
name | expr | self.load_pickle_«w»⟦«v»⟧
yamldump | expr | yaml.dump⟦«v»¦default_flow_style=False⟧
getstate | lines | def __getstate__(self):⏎⇥return self.__dict__.copy()
logging | stmt | logger.debug⟦"unpickled %d «w»s"¦«v»⟧
""",
        "java": """
serial | lines | private static final long serialVersionUID = «n»L;
nodefault | stmt | mapper.deactivateDefaultTyping⟦⟧
transient | lines | private transient «P» «v»;
override | lines | private void writeObject(ObjectOutputStream out) throws IOException {⏎⇥out.defaultWriteObject();⏎}
""",
        "php": """
session | expr | serialize⟦$_SESSION['«key»']⟧
json | expr | json_encode⟦$«v»⟧
""",
        "c cpp": """
parse | expr | cJSON_Parse⟦«v»⟧
protobuf | expr | «v».ParseFromString⟦«v»⟧
name | expr | «w»_deserialize⟦«v»¦«v»⟧
""",
    },
)
