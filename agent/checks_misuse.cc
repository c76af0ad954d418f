// SPDX-License-Identifier: Apache-2.0
// Checks of the families that are about the wrong tool: a credential in the source, a weak hash, a
// predictable generator, a deserialiser for any object, a disabled certificate check.
#include <re2/re2.h>

#include "agent/checks_source.h"

namespace fathom {
namespace {

re2::StringPiece Text(std::string_view text) {
  return {text.data(), text.size()};
}
bool Says(std::string_view text, const re2::RE2& pattern) {
  return re2::RE2::PartialMatch(Text(text), pattern);
}

constexpr size_t kSecretBytesMin = 8;

// A credential-like name, then = : => , or a blank after #define, then a literal (or the rest of an
// unquoted line).
const re2::RE2& SecretLine() {
  static const re2::RE2 kPattern(
      R"re((?i)(?:pass(?:word|wd|phrase)?|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credentials?|auth|)re"
      R"re((?:signing|encryption|master|hmac|jwt|session|shared|license|secret)[_-]?key|_key|salt|pepper)[a-z0-9_]{0,12})re"
      R"re(['"]?(?:\s*\])?\s*(?:\[\w*\]|:\s*[\w<>&:? ]+?)?\s*(?:==?|:=?|=>|,|\(|\s)\s*(?:new\s+\w+\()?[a-zA-Z@$]{0,2}(["'`])([^"'`]*)["'`])re");
  return kPattern;
}

const re2::RE2& UnquotedSecret() {
  static const re2::RE2 kPattern(
      R"re((?i)^\s*(?:export\s+)?[\w.-]*(?:pass(?:word|wd|phrase)?|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key)\s*[:=]\s*([^\s"'#$<{][^\s#]*))re");
  return kPattern;
}

const re2::RE2& KnownSecret() {
  static const re2::RE2 kPattern(
      R"(AKIA[0-9A-Z]{16}|\bgh[pousr]_[A-Za-z0-9]{20,}|\bsk_(?:live|test)_[A-Za-z0-9]{8,}|\bxox[abpr]-[A-Za-z0-9-]{10,}|)"
      R"(-----BEGIN [A-Z ]*PRIVATE KEY|\w+://[^\s:/@"']+:[^\s:/@"'${}]{4,}@|\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.)");
  return kPattern;
}

const re2::RE2& Placeholder() {
  static const re2::RE2 kPattern(
      R"((?i)^(?:change.?me.*|<.*>|x{4,}|\*+|\.\.\.|\$\{.*\}|\{\{.*\}\}|%\(?\w*\)?s?|your[-_ ].*|example.*|placeholder.*|todo.*|none|null|undefined|dummy.*|redacted.*|\$\w+)$)");
  return kPattern;
}

size_t CountOf(std::string_view text, char c) {
  size_t count = 0;
  for (const char other : text) count += other == c;
  return count;
}

struct SecretValue {
  std::string value;
  bool quoted = false;
};

std::optional<SecretValue> SecretOn(std::string_view line, bool config) {
  re2::StringPiece quote, value;
  if (re2::RE2::PartialMatch(Text(line), SecretLine(), &quote, &value))
    return SecretValue{std::string(value), true};
  if (config && re2::RE2::PartialMatch(Text(line), UnquotedSecret(), &value))
    return SecretValue{std::string(value), false};
  return std::nullopt;
}

bool IsConfig(std::string_view language) {
  return language == "yaml" || language == "ini" || language == "toml" || language == "shell" ||
         language == "dockerfile" || language == "text";
}

bool IsPlausible(const SecretValue& secret) {
  return secret.value.size() >= kSecretBytesMin && CountOf(secret.value, ' ') < 2 &&
         !Says(secret.value, Placeholder());
}

}  // namespace

bool HoldsSecret(std::string_view line, std::string_view language) {
  if (Says(line, KnownSecret())) return true;
  const auto secret = SecretOn(line, IsConfig(language));
  return secret && IsPlausible(*secret);
}

CheckAnswer CheckSecret(const SourceText& source, StatementLines lines) {
  static const re2::RE2 kElsewhere(
      R"(\b(?:os\.environ|getenv|process\.env|System\.getenv|System\.getProperty|\$_ENV|\$_SERVER|ENV\[|env\(|config\.get|get_secret|getSecret|Environment\.GetEnvironmentVariable|os\.Getenv|std::env::var|getpass|input)\b)");
  const Piece statement = source.Lines(lines);
  if (Says(statement.raw, KnownSecret()))
    return Agrees("sink", "holds text in the form of a credential");
  const auto secret = SecretOn(statement.raw, IsConfig(source.language()));
  if (!secret) {
    if (Says(statement.blank, kElsewhere))
      return Contradicts("argument", "read from the environment or a store");
    return {};
  }
  if (Says(statement.blank, kElsewhere)) {
    return IsPlausible(*secret) ? CheckAnswer{}
                                : Contradicts("argument", "read from the environment or a store");
  }
  if (secret->value.empty()) return Contradicts("argument", "the value is empty");
  if (Says(secret->value, Placeholder()))
    return Contradicts("argument", "the value is a placeholder");
  if (CountOf(secret->value, ' ') >= 2)
    return Contradicts("argument", "the value is a text for people");
  if (secret->value.size() < kSecretBytesMin) return {};
  return Agrees("sink", "gives a credential's name a literal of " +
                            std::to_string(secret->value.size()) + " characters");
}

CheckAnswer CheckHash(const SourceText& source, StatementLines lines) {
  static const re2::RE2 kWeak(
      R"((?i)\b(?:md5|md4|md2|sha1|ripemd)(?:_?(?:init|update|final|file|hex|sum|digest|base64|hexdigest))?\s*\(|\bEVP_(?:md5|md4|sha1)\b|)"
      R"(\b(?:CC_)?(?:MD5|SHA1)\s*\(|\bhashlib\.(?:md5|sha1)\b|\b(?:md5|sha1)\.(?:New|Sum|Create)\b|\bcrypto\.(?:MD5|SHA1)\b|)"
      R"(\bDigest::(?:MD5|SHA1)\b|\b(?:MD5|SHA1)(?:Managed|CryptoServiceProvider|\.Create|\.HashData)\b|\bDigestUtils\.(?:md5|sha1|sha)(?:Hex)?\b|\bmd5Hex\b)");
  static const re2::RE2 kNamed(
      R"re((?i)(?:createHash|createHmac|getInstance|hashlib\.new|\bhash|hash_init|hash_file|hash_hmac|\balgorithm\w*|openssl_digest|EVP_get_digestbyname|hashing\.Hash)\s*[(=:]\s*["'](?:md5|md4|sha-?1|ripemd\w*)["'])re");
  static const re2::RE2 kCommand(R"(\b(?:md5sum|sha1sum)\b)");
  static const re2::RE2 kStrong(
      R"((?i)\b(?:sha-?(?:224|256|384|512)\w*|sha3\w*|sha2\w*|blake2\w*|blake3|bcrypt|argon2\w*|scrypt|pbkdf2\w*|password_hash|EVP_sha(?:256|384|512)|hashpw|SHA(?:256|384|512)_\w+))");
  static const re2::RE2 kDeclared(R"(\busedforsecurity\s*=\s*False)");
  const Piece statement = source.Lines(lines);
  const bool weak = Says(statement.blank, kWeak) || Says(statement.raw, kNamed) ||
                    (source.Is("shell make dockerfile") && Says(statement.blank, kCommand));
  if (weak && Says(statement.blank, kDeclared))
    return Contradicts("argument", "declared as not for security");
  if (weak) return Agrees("sink", "uses a hash that is known to be broken");
  if (Says(statement.raw, kStrong)) return Contradicts("argument", "SHA-256 or stronger");
  return {};
}

CheckAnswer CheckRandom(const SourceText& source, StatementLines lines) {
  static const re2::RE2 kC(
      R"((?:^|[^\w.>])(?:std::)?(?:rand|random|srand|srandom|rand_r|drand48|lrand48|mrand48)\s*\(|\bstd::(?:mt19937(?:_64)?|minstd_rand0?|default_random_engine)\b)");
  static const re2::RE2 kPython(
      R"((?:^|[^\w.])(?:random|np\.random|numpy\.random)\.(?:random|randint|choice|choices|randrange|getrandbits|sample|shuffle|uniform|seed|Random|randbytes|rand)\s*\()");
  static const re2::RE2 kScript(R"(\bMath\.random\s*\()");
  static const re2::RE2 kJava(
      R"(\bnew\s+(?:java\.util\.)?Random\s*\(|\bMath\.random\s*\(|\bThreadLocalRandom\b|\bRandomStringUtils\b|\bRandom\.(?:nextInt|Default)\b)");
  static const re2::RE2 kPhp(
      R"((?:^|[^\w>:$])(?:mt_rand|rand|uniqid|lcg_value|mt_srand|srand|str_shuffle|array_rand|shuffle)\s*\()");
  static const re2::RE2 kGo(
      R"(\brand\.(?:Int|Intn|Int31|Int31n|Int63|Int63n|Float64|Perm|Seed|New|Shuffle|Uint32|Uint64)\s*\()");
  static const re2::RE2 kRuby(
      R"((?:^|[^\w.])(?:rand|srand)\b|\bRandom\.(?:rand|new)\b|\.(?:sample|shuffle)\b)");
  static const re2::RE2 kSharp(R"(\bnew\s+Random\s*\(|\bRandom\.Shared\b)");
  static const re2::RE2 kShell(R"(\$RANDOM|\$\{RANDOM)");
  static const re2::RE2 kStrong(
      R"(\bsecrets\.\w+|\bSystemRandom\b|\bcrypto\.(?:randomBytes|randomInt|randomUUID|getRandomValues|randomFill\w*)|\brandom(?:Bytes|UUID|Int)\s*\(|\brandom_(?:bytes|int)\s*\(|)"
      R"(\bSecureRandom\b|\bgetrandom\s*\(|\bRAND_(?:priv_)?bytes\s*\(|\barc4random\w*|\bgetentropy\s*\(|\bos\.urandom\b|\bopenssl_random_pseudo_bytes\b|/dev/u?random|\bOsRng\b|\bRandomNumberGenerator\b|\brand\.Reader\b|\bUUID\.randomUUID\b|\buuid4\s*\()");
  struct Weak {
    std::string_view languages;
    const re2::RE2* pattern;
  };
  static const Weak kWeak[] = {{"c cpp objc", &kC},
                               {"python", &kPython},
                               {"javascript typescript html", &kScript},
                               {"java kotlin scala", &kJava},
                               {"php perl", &kPhp},
                               {"go", &kGo},
                               {"ruby", &kRuby},
                               {"csharp", &kSharp}};
  const Piece statement = source.Lines(lines);
  if (Says(statement.raw, kStrong)) return Contradicts("sink", "a generator made for secrets");
  for (const Weak& weak : kWeak) {
    if (source.Is(weak.languages) && Says(statement.blank, *weak.pattern))
      return Agrees("sink", "uses a predictable generator");
  }
  if (source.Is("shell") && Says(statement.raw, kShell))
    return Agrees("sink", "uses a predictable generator");
  return {};
}

CheckAnswer CheckDeserialize(const SourceText& source, StatementLines lines) {
  static const re2::RE2 kCall(
      R"((\b(?:c?[pP]ickle|_pickle|dill|marshal|jsonpickle|joblib|cloudpickle|shelve)\.(?:loads?|open|decode|Unpickler)|\byaml\.(?:load|load_all|unsafe_load|unsafe_load_all|full_load|full_load_all)|)"
      R"(\btorch\.load|\bunserialize|\bMarshal\.(?:load|restore)|\bYAML\.(?:load|unsafe_load)|\breadObject|\breadUnshared|\bfromXML|\bserialize\.unserialize|\bnew\s+XMLDecoder|)"
      R"(\b\w*[fF]ormatter\.Deserialize|\bthaw|\bretrieve|\bpd\.read_pickle|\bpandas\.read_pickle|\bUnpickler|\bnumpy\.load|\bnp\.load)\s*\()");
  static const re2::RE2 kSafe(
      R"(\b(?:C?SafeLoader|SafeConstructor|safe_load|safe_load_all|weights_only\s*=\s*True|ObjectInputFilter|setObjectInputFilter|permitted_classes|allow_pickle\s*=\s*False)\b)");
  static const re2::RE2 kNoClasses(R"re(["']allowed_classes["']\s*=>\s*(?:false|\[))re");
  static const re2::RE2 kData(
      R"(\b(?:json\.loads?|JSON\.parse|json_decode|yaml\.safe_load|YAML\.safe_load|readValue|fromJson|json\.Unmarshal|literal_eval)\s*\()");
  static const re2::RE2 kNever(R"([^\x00-\x{10FFFF}])");
  const Piece statement = source.Lines(lines);
  const auto calls = source.Calls(statement, kCall);
  if (!calls.empty() && (Says(statement.blank, kSafe) || Says(statement.raw, kNoClasses)))
    return Contradicts("argument", "restricted to plain data or listed classes");
  CheckAnswer best;
  for (const Call& call : calls) {
    const bool constant = !call.arguments.empty() && !call.name.ends_with("open") &&
                          source.IsConstant(call.arguments[0], lines);
    if (!constant) return Agrees("sink", "calls " + call.name);
    best = Contradicts("argument", "constant argument only");
  }
  if (calls.empty() && Says(statement.blank, kData))
    return Contradicts("sink", "a data-only format");
  return best;
}

CheckAnswer CheckTls(const SourceText& source, StatementLines lines) {
  static const re2::RE2 kOff(
      R"re((?i)\bverify(?:_ssl|_certs?|_mode)?['"]?\s*(?:=|:|=>)\s*(?:False|0\b|ssl\.CERT_NONE|\w*VERIFY_NONE)|\bCERT_NONE\b|_create_unverified_context|\bcheck_hostname\s*=\s*False|)re"
      R"re(\brejectUnauthorized['"]?\s*:\s*(?:false|!1|0)\b|\bInsecureSkipVerify\s*[:=]\s*true|CURLOPT_SSL_VERIFY(?:PEER|HOST)\s*(?:,|=>)\s*(?:0L?|false)\b|)re"
      R"re(\bSSL_VERIFY_NONE\b|NODE_TLS_REJECT_UNAUTHORIZED\W+(?:=\s*)?["']?0|['"]verify_peer(?:_name)?['"]\s*=>\s*false|['"]allow_self_signed['"]\s*=>\s*true|)re"
      R"re(\bALLOW_ALL_HOSTNAME_VERIFIER\b|\bNoopHostnameVerifier\b|\bTrustAll\w*|\bAllowAllHostnameVerifier\b|\bdanger_accept_invalid_(?:certs|hostnames)\s*\(\s*true|)re"
      R"re(CertificateValidationCallback\s*\+?=.*\btrue\b|DangerousAcceptAnyServerCertificateValidator|\bverify_mode\s*=\s*\S*NONE|\bstrictSSL['"]?\s*:\s*false|\bssl\s*=\s*False|)re"
      R"re(\bcurl\b.*\s(?:-k|--insecure)\b|\bwget\b.*--no-check-certificate|--insecure\b|\bsslverify\s*[= ]\s*(?:false|0)|HostnameVerifier\s*\(\s*\(.*\)\s*->\s*true|\bX509_V_OK\b.*\breturn\s+1)re");
  static const re2::RE2 kTrust(
      R"(\bcheckServerTrusted\s*\([^)]*\)[^{]*\{\s*\}|\bcheckServerTrusted\s*\([^)]*\)[^{;]*\{\s*$)");
  static const re2::RE2 kOn(
      R"re((?i)\bverify\s*=\s*(?:True\b|["'])|\bCERT_REQUIRED\b|\bcheck_hostname\s*=\s*True|\brejectUnauthorized['"]?\s*:\s*true|\bInsecureSkipVerify\s*[:=]\s*false|)re"
      R"re(CURLOPT_SSL_VERIFYPEER\s*(?:,|=>)\s*(?:1L?|true)|CURLOPT_SSL_VERIFYHOST\s*(?:,|=>)\s*2|\bSSL_VERIFY_PEER\b|\bcreate_default_context\s*\()re");
  const Piece statement = source.Lines(lines);
  if (Says(statement.raw, kOff)) {
    // The words must not stand in a comment alone.
    const std::string_view code = statement.blank;
    if (code.find_first_not_of(" \t\r\n") != std::string_view::npos)
      return Agrees("sink", "turns the certificate check off");
  }
  if (Says(statement.raw, kTrust)) return Agrees("sink", "accepts every certificate");
  if (Says(statement.raw, kOn)) return Contradicts("argument", "the certificate is checked");
  return {};
}

}  // namespace fathom
