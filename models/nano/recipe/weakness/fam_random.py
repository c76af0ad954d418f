# SPDX-License-Identifier: Apache-2.0
"""Weak random: a guessable generator makes a token, a password, a key; harmless for jitter, games and display."""
from . import words as W
from .family import Family
from .template import _MAKERS

_THINGS = ["token", "session_id", "password", "api_key", "reset_token", "secret", "nonce", "salt", "csrf_token", "otp", "pin", "key", "iv",
           "auth_code", "access_token", "temp_password", "sid", "verification_code", "invite_code", "session_key", "challenge", "cookie",
           "activation_code", "passcode", "new_password", "one_time_code", "refresh_token", "reset_code", "private_key", "login_token"]
_PLAIN = ["delay", "jitter", "color", "x", "y", "angle", "index", "offset", "sample", "noise", "particle", "speed", "quote", "row", "choice",
          "backoff", "wait_ms", "hue", "opacity", "radius", "dice", "roll", "pick", "velocity", "weight", "test_value", "temperature",
          "frame", "shade", "position", "width", "sleep_s", "tile", "seed_row", "pivot", "slot", "demo_user", "answer", "bonus", "spread"]


def _Name(names, style=None):
    def Make(scene, rng):
        name = W.Pick(rng, names)
        if scene.trace is not None:
            scene.trace.append(name)
        parts = name.split("_")
        return (style or scene.style)([W.Pick(rng, W.NOUNS)] + parts if rng.random() < 0.2 else parts)
    return Make


for _kind, _names in (("thing", _THINGS), ("plainname", _PLAIN)):
    _MAKERS[_kind] = _Name(_names)
    _MAKERS[_kind + "_pascal"] = _Name(_names, W.Pascal)

_PY = "random.randint(«n», «n»)|random.randrange(«n»)|random.random()|random.getrandbits(«n»)|str(random.random())|str(random.randint(0, 999999))|" \
      "\"\".join(random.choice(«string.ascii_letters|chars|ALPHABET|«v»») for _ in range(«n»))|\"\".join(random.choices(string.ascii_letters + " \
      "string.digits, k=«n»))|\"%06d\" % random.randint(0, 999999)|\"\".join(random.sample(«chars|string.printable»), «n»))|random.choice(«v»)|" \
      "hex(random.getrandbits(128))|np.random.randint(0, «n», «n»)|bytes(random.randint(0, 255) for _ in range(16))|f\"{random.randrange(10**6):06d}\"|" \
      "np.random.bytes(16)|random.randbytes(«16|32»)|uuid.uuid1().hex|random.uniform(0, «n»)"
_PY = _PY.replace("random.sample(«chars|string.printable»), «n»)", "random.sample(chars, «n»)")
_JS = "Math.random().toString(36).«substr(2)|substring(2)|slice(2)|substring(2, 15)»|Math.floor(Math.random() * «n»)|Math.random().toString(16).slice(2)|" \
      "Math.random()|Math.round(Math.random() * 1e9)|'«w»-' + Math.random().toString(36)|Date.now() + Math.random()|Math.floor(100000 + Math.random() * 900000)|" \
      "String(Math.random()).slice(2, 8)|chars[Math.floor(Math.random() * chars.length)]|_.random(100000, 999999)|(Math.random() * 1e18).toString(36)|" \
      "Math.floor(Math.random() * 1e6).toString()|Array.from({ length: «n» }, () => Math.floor(Math.random() * 16)).join('')|Math.random().toString().substr(2, «d»)"
_PHP = "rand()|mt_rand()|rand(«n», 999999)|mt_rand(100000, 999999)|uniqid()|md5(uniqid(rand()))|uniqid(mt_rand(), true)|str_shuffle($«chars|alphabet»)|" \
       "md5(mt_rand())|sha1(microtime())|substr(md5(rand()), 0, «n»)|array_rand($«v»)|lcg_value()|sha1(time() . rand())|substr(str_shuffle($chars), 0, 8)"
_JAVA = "new Random().nextInt(«n»)|random.nextInt(999999)|Math.random()|rnd.nextLong()|String.valueOf(Math.random())|Long.toHexString(random.nextLong())|" \
        "ThreadLocalRandom.current().nextInt(«n»)|RandomStringUtils.random(«n»)|RandomStringUtils.randomAlphanumeric(«n»)|(int) (Math.random() * 1000000)|" \
        "new Random(System.currentTimeMillis()).nextInt()|String.format(\"%06d\", new Random().nextInt(999999))"
_GO = "rand.Intn(«n»)|rand.Int()|rand.Int63()|rand.Uint32()|strconv.Itoa(rand.Intn(1000000))|fmt.Sprintf(\"%06d\", rand.Intn(1000000))|rand.Perm(«n»)|" \
      "fmt.Sprintf(\"%x\", rand.Int63())|letters[rand.Intn(len(letters))]|rand.New(rand.NewSource(time.Now().UnixNano())).Int()|rand.Float64()|mrand.Uint64()"
_RUBY = "rand(«n»)|rand(10**6)|Random.rand(«n»)|rand.to_s|(0...«n»).map { (65 + rand(26)).chr }.join|[*'a'..'z'].sample(«n»).join|Random.new.bytes(16)|" \
        "rand(36**«d»).to_s(36)|chars.shuffle.join|(\"a\"..\"z\").to_a.shuffle[0, 8].join|format('%06d', rand(1_000_000))"
_C = "rand()|rand() % «n»|random()|lrand48()|rand() & 0xff|random() % 1000000|rand_r(&seed)|drand48() * «n»|(unsigned)rand()|charset[rand() % «n»]|" \
     "'a' + rand() % 26|g_random_int()|mrand48()|time(NULL) ^ getpid()|(uint32_t)random() << 16"
_CPP = _C + "|std::rand()|gen()|dist(rng)|std::mt19937(time(nullptr))()|alphabet[std::rand() % alphabet.size()]|std::to_string(std::rand())|dist(engine)|mt()"
_CPP = _CPP.replace("|gen()", "|std::mt19937{std::random_device{}()}()")
_CS = "new Random().Next(«n»)|random.Next(100000, 999999).ToString()|_random.NextDouble()|rnd.Next()|new Random(Environment.TickCount).Next()|" \
      "new string(Enumerable.Range(0, «n»).Select(_ => chars[random.Next(chars.Length)]).ToArray())|Random.Shared.Next(«n»)"
_PERL = "rand()|int(rand(«n»))|int(rand(1000000))|join('', map { $chars[rand @chars] } 1 .. «n»)|sprintf('%06d', rand(1e6))|rand(2**32)|crypt(time, rand)"
_RUST = "SmallRng::seed_from_u64(«n»).gen::<u64>()|fastrand::u64(..)|StdRng::seed_from_u64(42).gen_range(0..«n»)|fastrand::alphanumeric()|oorandom::Rand32::new(«n»).rand_u32()|" \
        "XorShiftRng::seed_from_u64(1).next_u64()|nanorand::WyRand::new_seed(«n»).generate::<u64>()|fastrand::u32(..).to_string()"


def _Rows(assigns, values):
    """Every value is a callee of its own, so that held-out ones are other calls."""
    rows = []
    for i, value in enumerate(_Split(values)):
        for template in assigns:
            rows.append("%s | lines | %s" % ("r%d" % i, template.replace("§", value)))
    return "\n".join(rows)


def _Split(text):
    """Alternatives of the outermost level."""
    out, depth, start = [], 0, 0
    for at, c in enumerate(text):
        depth += (c == "«") - (c == "»")
        if c == "|" and depth == 0:
            out.append(text[start:at])
            start = at + 1
    return out + [text[start:]]


def _Assigns(kind):
    name, pascal = "«%s»" % kind, "«%s_pascal»" % kind
    return {
        "python": [name + " = §", "self." + name + " = §", "return {\"" + name + "\": §}", "«v»[\"" + name + "\"] = §", "session[\"" + name + "\"] = §",
                   "«v».set_cookie(\"" + name + "\", str(§))", "def generate_" + name + "():⏎⇥return §", "«f»(" + name + "=§)"],
        "javascript typescript": ["const " + name + " = §;", "let " + name + " = §;", "this." + name + " = §;", "return { " + name + ": § };", "«v»." + name + " = §;",
                       "function make" + pascal + "() {⏎⇥return §;«!»⏎}", "res.cookie('" + name + "', §);", "const new" + pascal + " = () => §;"],
        "php": ["$" + name + " = §;", "$this->" + name + " = §;", "$_SESSION['" + name + "'] = §;", "setcookie('" + name + "', §);", "$«v»['" + name + "'] = §;",
                "function make" + pascal + "() {⏎⇥return §;«!»⏎}"],
        "java": ["String " + name + " = \"\" + §;", "int " + name + " = (int) §;", "this." + name + " = §;", "var " + name + " = §;", "«v».set" + pascal + "(§);",
                 "String next" + pascal + "() {⏎⇥return String.valueOf(§);«!»⏎}"],
        "go": [name + " := §", "var " + name + " = §", "«v»." + pascal + " = §", "func new" + pascal + "() string {⏎⇥return fmt.Sprint(§)«!»⏎}", pascal + ": §,"],
        "ruby": [name + " = §", "@" + name + " = §", "self." + name + " = §", "user.update(" + name + ": §)", "session[:" + name + "] = §",
                 "def generate_" + name + "⏎⇥§«!»⏎end"],
        "perl": ["my $" + name + " = §;", "$self->{" + name + "} = §;", "sub make_" + name + " {⏎⇥return §;«!»⏎}"],
        "c": ["int " + name + " = §;", name + " = §;", "«v»->" + name + " = §;", name + "[i] = §;", "for (i = 0; i < «n»; i++)⏎⇥" + name + "[i] = §;«!»",
              "snprintf(" + name + ", sizeof(" + name + "), \"%ld\", (long)(§));", "unsigned long " + name + " = §;", "memset(" + name + ", §, sizeof(" + name + "));"],
        "cpp": ["auto " + name + " = §;", name + "_ = §;", "m_" + name + " = §;", name + " += §;", "«v»." + name + " = §;", "const auto " + name + " = §;", name + ".push_back(§);"],
        "csharp": ["var " + name + " = §;", "_" + name + " = §;", pascal + " = §;", "string " + name + " = (§).ToString();"],
        "rust": ["let " + name + " = §;", "self." + name + " = §;", "let " + name + ": u64 = §;", name + ": §,"],
    }


_VALUES = {"python": _PY, "javascript typescript": _JS, "php": _PHP, "java": _JAVA, "go": _GO, "ruby": _RUBY, "perl": _PERL, "c": _C, "cpp": _CPP,
           "csharp": _CS, "rust": _RUST}
_STRONG = {
    "python": "secrets.token_hex(«16|32»)|secrets.token_urlsafe(«16|32»)|os.urandom(«16|32»)|secrets.choice(«v»)|random.SystemRandom().randint(0, «n»)|uuid.uuid4()|"
              "\"\".join(secrets.choice(«v») for _ in range(«n»))|secrets.randbelow(«n»)|Fernet.generate_key()|str(uuid.uuid4())|os.urandom(32).hex()|get_random_bytes(16)|"
              "secrets.token_bytes()|get_random_string(32)|rng.choice(chars) if (rng := random.SystemRandom()) else None",
    "javascript typescript": "crypto.randomBytes(«16|32»).toString(«'hex'|'base64'»)|crypto.randomUUID()|crypto.randomInt(«n»)|uuidv4()|nanoid()|"
                             "crypto.getRandomValues(new Uint8Array(«16|32»))|randomBytes(32)|await promisify(crypto.randomBytes)(16)|uuid.v4()|nanoid(«n»)",
    "php": "random_bytes(«16|32»)|bin2hex(random_bytes(«16|32»))|random_int(100000, 999999)|openssl_random_pseudo_bytes(16)|Str::random(«n»)|base64_encode(random_bytes(24))|Uuid::uuid4()",
    "java": "new SecureRandom().nextInt(«n»)|secureRandom.nextLong()|UUID.randomUUID().toString()|SecureRandom.getInstanceStrong().nextInt()|KeyGenerator.getInstance(\"AES\").generateKey()|"
            "new BigInteger(130, secureRandom).toString(32)",
    "go": "uuid.NewString()|randomHex(«16|32»)|base64.URLEncoding.EncodeToString(buf)|ksuid.New().String()|hex.EncodeToString(b)",
    "ruby": "SecureRandom.hex(«16|32»)|SecureRandom.uuid|SecureRandom.random_number(«n»)|SecureRandom.urlsafe_base64|SecureRandom.alphanumeric(«n»)|Devise.friendly_token",
    "perl": "random_bytes_hex(16)|urandom_hex(32)|Bytes::Random::Secure::random_bytes_hex(16)|irand()",
    "c": "arc4random()|arc4random_uniform(«n»)|randombytes_random()|randombytes_uniform(«n»)|get_random_u32()",
    "cpp": "arc4random()|std::random_device{}()|randombytes_random()|QRandomGenerator::system()->generate()|rd()",
    "csharp": "RandomNumberGenerator.GetInt32(«n»)|RandomNumberGenerator.GetBytes(32)|Guid.NewGuid().ToString()|Convert.ToHexString(RandomNumberGenerator.GetBytes(16))",
    "rust": "OsRng.next_u64()|rand::thread_rng().gen::<u64>()|Uuid::new_v4().to_string()|Alphanumeric.sample_string(&mut OsRng, «n»)|OsRng.gen::<[u8; 32]>()",
}


def _Merge(*tables):
    out = {}
    for table in tables:
        for languages, text in table.items():
            for language in languages.split():
                out[language] = out.get(language, "") + "\n" + text
    return out


def _Strong(assigns, values):
    return _Rows(assigns, values).replace("r", "s", 1).replace("\nr", "\ns")


_MORE_WEAK = {
    "c cpp": """
bytes | lines | while (n--)⏎⇥*«thing»++ = rand() & 0xff;«!»
srand | lines | srand(«time(NULL)|time(0)|getpid()|(unsigned)time(NULL)|«n»»);«?»⏎«thing» = rand()«| % «n»»;«!»
otp | lines | snprintf(«thing1», sizeof(«thing1»), "%06d", rand() % 1000000);
loop | lines | for (int i = 0; i < «16|32|len»; i++)⏎⇥«thing1»[i] = alphabet[rand() % strlen(alphabet)];«!»
""",
    "python": """
seed | lines | random.seed(«time.time()|«n»|os.getpid()|«v»»)«?»⏎«thing» = random.getrandbits(128)«!»
loop | lines | for _ in range(«n»):⏎⇥«thing» += random.choice(«string.ascii_letters|chars|"abcdef0123456789"»)«!»
shuffle | lines | random.shuffle(chars)⏎«thing» = "".join(chars[:«n»])«!»
ret | lines | def «generate|make|new»_«thing»(length=«n»):⏎⇥return "".join(random.choice(ALPHABET) for _ in range(length))«!»
user | lines | user.«thing» = «"%04d" % random.randint(0, 9999)|random.randint(100000, 999999)|str(random.random())[2:]»
send | lines | send_«sms|mail»(«v», code=random.randint(100000, 999999))
""",
    "javascript typescript": """
uuid | lines | const «thing» = 'xxxxxxxx-xxxx'.replace(/x/g, () => (Math.random() * 16 | 0).toString(16));
loop | lines | for (let i = 0; i < «n»; i++) {⏎⇥«thing» += chars.charAt(Math.floor(Math.random() * chars.length));«!»⏎}
ret | lines | function «thing»() {⏎⇥return Math.random().toString(36).slice(2);«!»⏎}
""",
    "shell": """
RANDOM | lines | «thing»=«$RANDOM|$((RANDOM % 10000))|"$RANDOM$RANDOM"|$(echo $RANDOM «bar» md5sum)|$(date +%s «bar» sha256sum)|$(printf '%06d' $RANDOM)|$(shuf -i 100000-999999 -n 1)»
passwd | lines | echo "«w»:$RANDOM$RANDOM" «bar» chpasswd
awk | lines | «thing»=$(awk 'BEGIN { srand(); print int(rand() * 1000000) }')
export | lines | export «thing»=$RANDOM
date | lines | «thing»=$(date +%N)
""",
    "sql": """
rand | top | UPDATE users SET «token|pin|reset_code|session_id» = «RAND()|FLOOR(RAND() * 1000000)|random()|MD5(RAND())|md5(random()::text)»;
insert | top | INSERT INTO sessions (token) VALUES («MD5(RAND())|md5(random()::text)|FLOOR(RAND() * 999999)»);
""",
    "go": """
loop | lines | for i := range b {⏎⇥b[i] = letters[rand.Intn(len(letters))]«!»⏎}⏎«thing» := string(b)
seed | lines | rand.Seed(time.Now().UnixNano())«?»⏎«thing» := rand.Int63()«!»
read | lines | «thing1» := make([]byte, «16|32»)⏎«mrand|mathrand».Read(«thing1»)«!»
""",
}
_MORE_ALIKE = {
    "c cpp": """
srand | lines | srand(«time(NULL)|42|«n»»);«?»
getrandom | lines | if (getrandom(«thing1», sizeof(«thing1»), 0) != sizeof(«thing1»))⏎⇥return -1;
RAND_bytes | lines | if (RAND_bytes(«thing1», sizeof(«thing1»)) != 1)⏎⇥return -1;
urandom | lines | fd = open("/dev/urandom", O_RDONLY);⏎read(fd, «thing1», sizeof(«thing1»));
name | lines | «v» = random_«w»(«v»);
usleep | lines | usleep(rand() % «n»);
""",
    "python": """
shuffle | lines | random.shuffle(«v»)
sleep | lines | time.sleep(random.uniform(0, «d»))
np | lines | «v» = np.random.«normal|rand|uniform»(size=(«n», «n»))
pick | lines | «v» = random.choice([«"«w»", "«w»"|"red", "green", "blue"»])
torch | lines | torch.manual_seed(«n»)
""",
    "javascript typescript": """
sort | lines | «v».sort(() => Math.random() - 0.5);
css | lines | el.style.left = `${Math.random() * 100}%`;
delay | lines | setTimeout(«f», Math.random() * «n»);
pick | lines | const «v» = «v»[Math.floor(Math.random() * «v».length)];
""",
    "shell": """
sleep | lines | sleep $((RANDOM % «n»))
urandom | lines | «thing»=$(head -c 32 /dev/urandom | base64)
openssl | lines | «thing»=$(openssl rand -hex 16)
shuf | lines | shuf -n 1 "$«v»"
""",
    "sql": """
order | top | SELECT * FROM «tbl» ORDER BY «RAND()|random()» LIMIT «d»;
uuid | top | UPDATE users SET token = gen_random_uuid();
pgc | top | INSERT INTO sessions (token) VALUES (encode(gen_random_bytes(32), 'hex'));
""",
    "go": """
crand | lines | «thing1» := make([]byte, «16|32»)⏎if _, err := rand.Read(«thing1»); err != nil {⏎⇥return err⏎}
shuffle | lines | rand.Shuffle(len(«v1»), func(i, j int) { «v1»[i], «v1»[j] = «v1»[j], «v1»[i] })
sleep | lines | time.Sleep(time.Duration(rand.Intn(«n»)) * time.Millisecond)
crandint | lines | «thing», err := rand.Int(rand.Reader, big.NewInt(«n»))
""",
    "rust": """
shuffle | lines | «v».shuffle(&mut rng);
osrng | lines | OsRng.fill_bytes(&mut «thing»);
""",
}
_T, _P = _Assigns("thing"), _Assigns("plainname")

RANDOM = Family(
    9, "weak-random", held_out_language="perl", flow_share=0.0,
    weak=_Merge({k: _Rows(_T[k], v) for k, v in _VALUES.items()}, _MORE_WEAK),
    alike=_Merge({k: _Rows(_P[k], v) for k, v in _VALUES.items()}, {k: _Strong(_T[k], v) for k, v in _STRONG.items()}, _MORE_ALIKE),
)
