# SPDX-License-Identifier: Apache-2.0
"""Weak hash: MD5, SHA-1 and older; harmless with SHA-2, SHA-3, BLAKE and password hashes."""
from .family import Family

_BAD = "«md5|md5|md5|sha1|sha1|md4»"
_GOOD = "«sha256|sha256|sha512|sha384|sha3_256|blake2b|blake2s»"
_PY = "«data|password|content|body|«v»|«v».encode()|«v».encode(\"utf-8\")|str(«v»).encode()|open(«v», \"rb\").read()|self.«fld»|b\"«w»\" + «v»|(«v» + «v»).encode()»"
_JS = "«data|password|content|«v»|req.body.«fld»|String(«v»)|JSON.stringify(«v»)|this.«fld»|`${«v»}:${«v»}`»"
_ROWS = """
hashlib | expr | hashlib.§⟦%s⟧.«hexdigest|digest»()
hashlib | expr | hashlib.§⟦%s⟧
hashlib.new | expr | hashlib.new⟦"§"«|¦%s»⟧
hmac | expr | hmac.new⟦«key|«v»»¦%s¦hashlib.§⟧.hexdigest()
update | lines | «v1» = hashlib.§()«!»⏎«v1».update(%s)
alias | expr | «Hash|_hashlib|hashes».§⟦%s⟧
""".replace("%s", _PY)

HASH = Family(
    6, "weak-hash", held_out_language="csharp", flow_share=0.0,
    weak={
        "python": _ROWS.replace("§", _BAD).replace("«Hash|_hashlib|hashes».", "«MD5|SHA|MD4».new⟦%s⟧ # ").split("\nalias")[0] + """
crypto | expr | «MD5|SHA|SHA1|MD4|MD2».new⟦«v»⟧.hexdigest()
from | lines | from «hashlib import md5|hashlib import sha1|Crypto.Hash import MD5|md5 import md5»«?»⏎«v» = «md5|sha1»(«v»).hexdigest()«!»
call | expr | «md5|sha1»⟦%s⟧.hexdigest()
hashes | expr | hashes.Hash⟦hashes.«MD5|SHA1»()⟧
passlib | expr | «md5_crypt|des_crypt|hex_md5|ldap_md5|lmhash|nthash».hash⟦«v»⟧
getattr | expr | getattr⟦hashlib¦"«md5|sha1»"⟧(«v»)
pbkdf2 | expr | hashlib.pbkdf2_hmac⟦"«md5|sha1»"¦«v»¦«v»¦«n»⟧
crypt | expr | crypt.crypt⟦«v»¦crypt.METHOD_«MD5|CRYPT»⟧
django | lines | PASSWORD_HASHERS = ["django.contrib.auth.hashers.«MD5PasswordHasher|UnsaltedSHA1PasswordHasher|UnsaltedMD5PasswordHasher»"]
file | lines | with open(«v1», "rb") as f:⏎⇥return hashlib.«md5|sha1»(f.read()).hexdigest()«!»
iter | lines | «v1» = hashlib.«md5|sha1»()«!»⏎for «v2» in iter(lambda: f.read(«n»), b""):⏎⇥«v1».update(«v2»)
""".replace("%s", _PY),
        "javascript typescript": f"""
createHash | expr | crypto.createHash⟦«'md5'|'sha1'|"md5"|"sha1"|'md4'|'MD5'»⟧.update({_JS}).digest(«'hex'|"hex"|'base64'|»)
createHash | expr | «createHash|require('crypto').createHash»⟦«'md5'|'sha1'|"md5"»⟧
md5 | expr | «md5|sha1|hexMd5|hex_md5»⟦{_JS}⟧
CryptoJS | expr | CryptoJS.«MD5|SHA1»⟦{_JS}⟧«|.toString()»
createHmac | expr | crypto.createHmac⟦«'md5'|'sha1'»¦«v»⟧.update({_JS}).digest('hex')
subtle | expr | crypto.subtle.digest⟦«'SHA-1'|"SHA-1"|{{ name: 'SHA-1' }}»¦«v»⟧
pbkdf2 | expr | crypto.pbkdf2Sync⟦«v»¦«v»¦«n»¦«n»¦«'md5'|'sha1'»⟧
forge | expr | forge.md.«md5|sha1».create⟦⟧
spark | expr | SparkMD5.«hash|ArrayBuffer.hash»⟦«v»⟧
lines | lines | const «v1» = crypto.createHash(«'md5'|'sha1'|"md5"»);«!»⏎«v1».update({_JS});
object | expr | objectHash⟦«v»¦{{ algorithm: '«md5|sha1»' }}⟧
""",
        "php": """
md5 | expr | «md5|sha1»⟦«$«v»|$password|$_POST['«key»']|$«v» . $«v»|$salt . $password|serialize($«v»)|$this->«fld»|uniqid()|time()»⟧
hash | expr | hash⟦'«md5|sha1|md4|crc32»'¦$«v»⟧
md5_file | expr | «md5_file|sha1_file»⟦$«v»⟧
hash_hmac | expr | hash_hmac⟦'«md5|sha1»'¦$«v»¦$«key|v|w»⟧
openssl_digest | expr | openssl_digest⟦$«v»¦'«md5|sha1»'⟧
crypt | expr | crypt⟦$«v»¦'$1$«w»$'⟧
mhash | expr | mhash⟦MHASH_«MD5|SHA1»¦$«v»⟧
compare | lines | if («md5|sha1»($«v») «===|==» $«v»->«fld») {«!»⏎⇥return true;⏎}
""".replace("$«key|v|w»", "$key"),
        "java": """
getInstance | expr | MessageDigest.getInstance⟦"«MD5|SHA-1|SHA1|MD2|md5|SHA»"⟧
DigestUtils | expr | DigestUtils.«md5Hex|sha1Hex|md5|shaHex|md5DigestAsHex»⟦«v»«|.getBytes()»⟧
Hashing | expr | Hashing.«md5|sha1»⟦⟧.hashString(«v», UTF_8)
Mac | expr | Mac.getInstance⟦"«HmacMD5|HmacSHA1»"⟧
field | lines | private static final String «C» = "«MD5|SHA-1»";«?»⏎MessageDigest «v» = MessageDigest.getInstance("«MD5|SHA-1»");«!»
encoder | expr | new «Md5PasswordEncoder|ShaPasswordEncoder|MessageDigestPasswordEncoder»⟦«|"MD5"»⟧
SecretKeyFactory | expr | SecretKeyFactory.getInstance⟦"PBEWith«MD5AndDES|SHA1AndDESede»"⟧
update | lines | MessageDigest «v1» = MessageDigest.getInstance("«MD5|SHA-1»");«!»⏎«v1».update(«v».getBytes());
""",
        "go": """
md5.Sum | expr | «md5|sha1».Sum⟦«[]byte(«v»)|«v»|data|body|[]byte("«w»" + «v»)»⟧
md5.New | expr | «md5|sha1|md4».New⟦⟧
hmac | expr | hmac.New⟦«md5|sha1».New¦«key|[]byte(«v»)»⟧
crypto | expr | crypto.«MD5|SHA1».New⟦⟧
iowrite | lines | «v1» := «md5|sha1».New()«!»⏎io.WriteString(«v1», «v»)
sprintf | expr | fmt.Sprintf⟦"%x"¦«md5|sha1».Sum([]byte(«v»))⟧
""",
        "rust": """
md5 | expr | md5::compute⟦«v»«|.as_bytes()»⟧
Md5 | expr | «Md5|Sha1|Md4»::new⟦⟧
digest | expr | «Md5|Sha1»::digest⟦&«v»«|.as_bytes()»⟧
ring | expr | digest::digest⟦&digest::SHA1_FOR_LEGACY_USE_ONLY¦&«v»⟧
openssl | expr | hash⟦MessageDigest::«md5|sha1»()¦&«v»⟧
hmac | expr | Hmac::<«Md5|Sha1»>::new_from_slice⟦&«v»⟧
""",
        "ruby": """
hexdigest | expr | Digest::«MD5|SHA1».«hexdigest|digest|base64digest»⟦«v»«|.to_s»⟧
new | expr | Digest::«MD5|SHA1».new⟦⟧
openssl | expr | OpenSSL::Digest«::MD5.new|.new("MD5")|.new("SHA1")|::SHA1.new»
hmac | expr | OpenSSL::HMAC.hexdigest⟦"«md5|sha1|SHA1»"¦«v»¦«v»⟧
file | expr | Digest::«MD5|SHA1».file⟦«v»⟧.hexdigest
""",
        "perl": """
md5_hex | expr | «md5_hex|md5|sha1_hex|md5_base64»⟦$«v»⟧
new | expr | Digest::«MD5|SHA1»->new⟦⟧
full | expr | Digest::MD5::md5_hex⟦$«v» . $«v»⟧
sha | expr | Digest::SHA->new⟦1⟧
hmac | expr | hmac_«md5|sha1»_hex⟦$«v»¦$«v»⟧
""",
        "c cpp": """
MD5 | expr | «MD5|SHA1|MD4»⟦«(unsigned char *)«v»|«v»|data|buf»¦«strlen(«v»)|«v»|len|sizeof(«v»)»¦«v»⟧
MD5_Init | expr | «MD5_Init|SHA1_Init|MD4_Init|MD5Init|SHA1Init|md5_init|sha1_init»⟦&«ctx|c|«v»»⟧
EVP | expr | EVP_DigestInit_ex⟦«ctx|mdctx»¦EVP_«md5|sha1|md4»()¦NULL⟧
EVP.get | expr | EVP_get_digestbyname⟦"«md5|sha1|MD5|SHA1»"⟧
gcry | expr | gcry_md_hash_buffer⟦GCRY_MD_«MD5|SHA1»¦«v»¦«v»¦«v»⟧
mbedtls | expr | «mbedtls_md5|mbedtls_sha1|wc_Md5Hash|wc_ShaHash|CC_MD5|CC_SHA1|md5_buffer|sha1_buffer»⟦«v»¦«v»¦«v»⟧
glib | expr | g_compute_checksum_for_string⟦G_CHECKSUM_«MD5|SHA1»¦«v»¦-1⟧
hmac | expr | HMAC⟦EVP_«md5|sha1»()¦«v»¦«v»¦«v»¦«v»¦«v»¦NULL⟧
evp.md | lines | const EVP_MD *«md|«v»» = EVP_«md5|sha1»();
crypt | expr | crypt⟦«v»¦"«$1$«w»$|ab»"⟧
EVP_Digest | expr | EVP_Digest⟦«v»¦«v»¦«v»¦&«v»¦EVP_«md5|sha1»()¦NULL⟧
wincrypt | expr | CryptCreateHash⟦«hProv|prov»¦CALG_«MD5|SHA1»¦0¦0¦&«v»⟧
""",
        "cpp": """
qt | expr | QCryptographicHash::hash⟦«v»¦QCryptographicHash::«Md5|Sha1|Md4»⟧
boost | lines | boost::uuids::detail::«md5|sha1» «v»;
cryptopp | lines | CryptoPP::«Weak::MD5|SHA1» «v»;
""",
        "csharp": """
MD5.Create | expr | «MD5|SHA1».Create⟦⟧
Provider | expr | new «MD5CryptoServiceProvider|SHA1Managed|SHA1CryptoServiceProvider|HMACMD5|HMACSHA1»⟦⟧
HashData | expr | «MD5|SHA1».HashData⟦«v»⟧
HashAlgorithm | expr | HashAlgorithm.Create⟦"«MD5|SHA1»"⟧
""",
        "shell": """
md5sum | lines | «v»=$(echo -n "$«v»" | «md5sum|sha1sum|openssl md5|openssl dgst -md5|openssl sha1|md5» | cut -d' ' -f1)
passwd | lines | openssl passwd -1 "$«v»"
htpasswd | lines | htpasswd -«bm|bs|cbm» "$«v»" «w» "$«v»"
""",
        "sql": """
md5 | top | UPDATE «tbl» SET «password|pass_hash|token|«col»» = «MD5|SHA1|md5|PASSWORD»(«'«w»'|«col»|NEW.«col»|@«snake»»);
select | top | SELECT id FROM «tbl» WHERE «password|passwd|secret» = «MD5|SHA1|md5»(«?|:«w»|$2|CONCAT(«col», salt)»);
hashbytes | top | SET @«snake» = HASHBYTES('«MD5|SHA1»', @«snake»);
pg | top | SELECT encode(digest(«col», '«md5|sha1»'), 'hex') FROM «tbl»;
""",
        "yaml": """
alg | top | «password_hash|hash_algorithm|digest|hash|signature_algorithm»: «md5|sha1|MD5»
""",
    },
    alike={
        "python": _ROWS.replace("§", _GOOD).split("\nalias")[0] + """
crypto | expr | «SHA256|SHA512|BLAKE2b|SHA3_256».new⟦«v»⟧.hexdigest()
passlib | expr | «bcrypt|argon2|pbkdf2_sha256|sha512_crypt».hash⟦«v»⟧
bcrypt | expr | bcrypt.«hashpw»⟦«v»¦bcrypt.gensalt(«|12»)⟧
argon | expr | «PasswordHasher()|ph».«hash»⟦«v»⟧
scrypt | expr | hashlib.scrypt⟦«v»¦salt=«v»¦n=16384¦r=8¦p=1⟧
pbkdf2 | expr | hashlib.pbkdf2_hmac⟦"sha«256|512»"¦«v»¦«v»¦«100000|600000»⟧
hashes | expr | hashes.Hash⟦hashes.SHA«256|512»()⟧
hashlib | expr | hashlib.«md5|sha1»⟦«v»¦usedforsecurity=False⟧«?»
import | lines | «import hashlib|import hashlib, hmac|from hashlib import sha256»
compare | expr | hmac.compare_digest⟦«v»¦«v»⟧
crc | expr | «zlib.crc32|zlib.adler32|hash|binascii.crc32»⟦«v»⟧
django | lines | PASSWORD_HASHERS = ["django.contrib.auth.hashers.«Argon2PasswordHasher|BCryptSHA256PasswordHasher|PBKDF2PasswordHasher»"]
name | lines | «md5|sha1|md5sum|checksum» = «v».get("«md5|sha1|md5_digest|ETag»")
colmd5 | lines | md5 = models.CharField(max_length=32)
etag | expr | response.headers.get⟦"Content-MD5"⟧
file | lines | with open(«v1», "rb") as f:⏎⇥return hashlib.sha«256|512»(f.read()).hexdigest()
""".replace("bcrypt.«hashpw»", "bcrypt.hashpw").replace("ph».«hash»", "ph».hash"),
        "javascript typescript": f"""
createHash | expr | crypto.createHash⟦«'sha256'|'sha512'|"sha256"|'sha384'|'blake2b512'»⟧.update({_JS}).digest(«'hex'|"hex"|'base64'|»)
md5 | expr | «sha256|sha512»⟦{_JS}⟧
CryptoJS | expr | CryptoJS.«SHA256|SHA512|SHA3»⟦{_JS}⟧
createHmac | expr | crypto.createHmac⟦'sha256'¦«v»⟧.update({_JS}).digest('hex')
subtle | expr | crypto.subtle.digest⟦'SHA-256'¦«v»⟧
bcrypt | expr | bcrypt.«hash|hashSync»⟦«v»¦«10|12|saltRounds»⟧
argon2 | expr | argon2.«hash|verify»⟦«v»⟧
scrypt | expr | crypto.scryptSync⟦«v»¦«v»¦64⟧
pbkdf2 | expr | crypto.pbkdf2Sync⟦«v»¦«v»¦«100000|210000»¦64¦'sha512'⟧
hash | expr | location.hash.slice⟦1⟧
field | lines | const «v» = file.md5 || '';
""",
        "php": """
password_hash | expr | password_hash⟦$«v»¦«PASSWORD_DEFAULT|PASSWORD_BCRYPT|PASSWORD_ARGON2ID»⟧
password_verify | expr | password_verify⟦$«v»¦$«v»⟧
hash | expr | hash⟦'«sha256|sha512|sha3-256»'¦$«v»⟧
hash_hmac | expr | hash_hmac⟦'sha256'¦$«v»¦$key⟧
md5_file | expr | hash_file⟦'sha256'¦$«v»⟧
crc32 | expr | crc32⟦$«v»⟧
sodium | expr | sodium_crypto_pwhash_str⟦$«v»¦$ops¦$mem⟧
col | lines | $«v» = $row['md5'];
""",
        "java": """
getInstance | expr | MessageDigest.getInstance⟦"«SHA-256|SHA-512|SHA3-256|SHA-384»"⟧
DigestUtils | expr | DigestUtils.«sha256Hex|sha512Hex»⟦«v»⟧
Hashing | expr | Hashing.«sha256|sha512|murmur3_128»⟦⟧.hashString(«v», UTF_8)
Mac | expr | Mac.getInstance⟦"HmacSHA256"⟧
encoder | expr | new «BCryptPasswordEncoder|Argon2PasswordEncoder|Pbkdf2PasswordEncoder»⟦«|12»⟧
hashCode | expr | «v».hashCode⟦⟧
SecretKeyFactory | expr | SecretKeyFactory.getInstance⟦"PBKDF2WithHmacSHA«256|512»"⟧
""",
        "go": """
md5.Sum | expr | «sha256.Sum256|sha512.Sum512|blake2b.Sum256»⟦«[]byte(«v»)|«v»»⟧
md5.New | expr | «sha256|sha512|fnv».New⟦⟧
hmac | expr | hmac.New⟦sha256.New¦«key|[]byte(«v»)»⟧
bcrypt | expr | bcrypt.GenerateFromPassword⟦[]byte(«v»)¦bcrypt.DefaultCost⟧
argon2 | expr | argon2.IDKey⟦[]byte(«v»)¦«v»¦1¦64*1024¦4¦32⟧
""",
        "rust": """
Md5 | expr | «Sha256|Sha512|Blake2b512»::new⟦⟧
digest | expr | Sha256::digest⟦&«v»«|.as_bytes()»⟧
blake3 | expr | blake3::hash⟦«v».as_bytes()⟧
argon2 | expr | Argon2::default().hash_password⟦«v».as_bytes()¦&salt⟧
hasher | expr | DefaultHasher::new⟦⟧
""",
        "ruby": """
hexdigest | expr | Digest::SHA«256|512».«hexdigest|digest»⟦«v»⟧
bcrypt | expr | BCrypt::Password.create⟦«v»⟧
hmac | expr | OpenSSL::HMAC.hexdigest⟦"sha256"¦«v»¦«v»⟧
hash | expr | «v».hash
""",
        "perl": """
md5_hex | expr | «sha256_hex|sha512_hex|sha384_base64»⟦$«v»⟧
sha | expr | Digest::SHA->new⟦256⟧
""",
        "c cpp": """
MD5 | expr | «SHA256|SHA512»⟦«v»¦«strlen(«v»)|len»¦«v»⟧
MD5_Init | expr | «SHA256_Init|SHA512_Init|sha256_init|blake2b_init»⟦&«ctx|«v»»⟧
EVP | expr | EVP_DigestInit_ex⟦«ctx|mdctx»¦EVP_«sha256|sha512|sha3_256»()¦NULL⟧
EVP.get | expr | EVP_get_digestbyname⟦"«sha256|SHA512»"⟧
gcry | expr | gcry_md_hash_buffer⟦GCRY_MD_SHA256¦«v»¦«v»¦«v»⟧
sodium | expr | «crypto_pwhash_str|crypto_generichash»⟦«v»¦«v»¦«v»¦«v»¦«v»⟧
crc32 | expr | crc32⟦«v»¦«v»¦«v»⟧
hashfn | expr | «g_str_hash|hash_string|jhash|XXH64|murmur_hash|hash_lookup»⟦«v»⟧
hashtable | expr | g_hash_table_lookup⟦«v»¦«v»⟧
crypt | expr | crypt⟦«v»¦"«$6$|$2b$12$|$y$j9T$»"⟧
define | lines | #define «C»_DIGEST_LENGTH «n»
struct | lines | unsigned char «digest|md|hash»[«16|20|32»];
""",
        "csharp": """
MD5.Create | expr | «SHA256|SHA512».Create⟦⟧
HashData | expr | SHA256.HashData⟦«v»⟧
Provider | expr | new «SHA256Managed|HMACSHA256|Rfc2898DeriveBytes»⟦«v»⟧
GetHashCode | expr | «v».GetHashCode⟦⟧
""",
        "shell": """
md5sum | lines | «v»=$(echo -n "$«v»" | «sha256sum|sha512sum|openssl dgst -sha256» | cut -d' ' -f1)
check | lines | sha256sum -c «w».sha256
passwd | lines | openssl passwd -6 "$«v»"
""",
        "sql": """
pg | top | SELECT encode(digest(«col», 'sha256'), 'hex') FROM «tbl»;
md5 | top | UPDATE «tbl» SET «col» = SHA2(«col», 256);
crypt | top | UPDATE «tbl» SET «col» = crypt(«col», gen_salt('bf'));
""",
        "yaml": """
alg | top | «password_hash|hash_algorithm|digest|hash»: «sha256|sha512|bcrypt|argon2id»
""",
    },
)
