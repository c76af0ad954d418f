# SPDX-License-Identifier: Apache-2.0
"""Peers that go unchecked, secrets that stand in the text and data that becomes objects, in more libraries. Training only.

Rows as in natural.py; the harmless twins check the peer, read the secret from elsewhere or parse plain data.
"""

_TLS = {
    "python": """
httpsconn | lines | «v1» = http.client.HTTPSConnection(«v2», context=ssl._create_unverified_context())
smtp | lines | «smtp|server».starttls(context=ssl._create_unverified_context())
mqtt | lines | «client|mqttc».tls_insecure_set(True)
ldap | lines | ldap.set_option(ldap.OPT_X_TLS_REQUIRE_CERT, ldap.OPT_X_TLS_«NEVER|ALLOW»)
boto | lines | «v1» = boto3.«client|resource»("s3", «endpoint_url=«v2», |»verify=False)
request | lines | «v1» = «requests|self.session|session».request("«GET|POST»", «v2», «headers=«v3», |»verify=False)
both | lines | «ctx|context» = ssl.create_default_context()⏎«ctx|context».check_hostname = False«?»⏎«ctx|context».verify_mode = ssl.CERT_NONE«!»
contextcall | lines | «v1» = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)⏎«v1».check_hostname = False«!»⏎«v1».verify_mode = ssl.CERT_NONE«?»
mysql | lines | «v1» = «pymysql|MySQLdb».connect(host=«v2», ssl={"check_hostname": False, "verify_mode": ssl.CERT_NONE})
mongo | lines | «v1» = MongoClient(«v2», tls=True, «tlsAllowInvalidCertificates|tlsAllowInvalidHostnames|tlsInsecure»=True)
option | lines | «kwargs|options|params|request_args»["«verify|verify_ssl|verify_certs»"] = False
websocket | lines | ws.run_forever(sslopt={"cert_reqs": ssl.CERT_NONE«|, "check_hostname": False»})
url3 | lines | http = urllib3.PoolManager(cert_reqs="CERT_NONE", assert_hostname=False)
opensslcb | lines | «ctx|context».set_verify(SSL.VERIFY_NONE, lambda *args: True)
protocol | lines | «ctx|context» = ssl.SSLContext(ssl.PROTOCOL_«TLSv1|TLSv1_1|SSLv23»)«?»⏎«ctx|context».minimum_version = ssl.TLSVersion.«TLSv1|TLSv1_1»«!»
""",
    "javascript typescript": """
global | lines | https.globalAgent.options.rejectUnauthorized = false;
socket | lines | const «v1» = new tls.TLSSocket(«v2», { rejectUnauthorized: false });
mail | lines | const «v1» = nodemailer.createTransport({ host: «v2», tls: { rejectUnauthorized: false } });
mongo | lines | const «v1» = new MongoClient(«v2», { tls: true, «tlsAllowInvalidCertificates|tlsInsecure|tlsAllowInvalidHostnames»: true });
ws | lines | const «v1» = new WebSocket(«v2», { rejectUnauthorized: false });
undici | lines | const «v1» = new Agent({ connect: { rejectUnauthorized: false } });
mqtt | lines | const «v1» = mqtt.connect(«v2», { rejectUnauthorized: false });
pg | lines | const «v1» = new «Pool|Client»({ connectionString: «v2», ssl: { rejectUnauthorized: false } });
options | lines | «options|opts|config|requestOptions».«rejectUnauthorized|strictSSL|sslValidate» = false;
headless | lines | const «v1» = await «puppeteer|playwright.chromium».launch({ «acceptInsecureCerts|ignoreHTTPSErrors»: true });
ciphers | lines | secureProtocol: '«TLSv1_method|SSLv23_method|TLSv1_1_method»',
reply | lines | if («v1») «options|agentOptions».rejectUnauthorized = false;
""",
    "go": """
servername | lines | «v1» := &tls.Config{ServerName: «v2», InsecureSkipVerify: true}
smtp | lines | «d|dialer|mailer».TLSConfig = &tls.Config{InsecureSkipVerify: true}
resty | lines | «v1» := resty.New().SetTLSClientConfig(&tls.Config{InsecureSkipVerify: true})
dialopt | lines | conn, err := grpc.Dial(«v1», grpc.WithTransportCredentials(credentials.NewTLS(&tls.Config{InsecureSkipVerify: true})))
ldap | lines | conn, err := ldap.DialTLS("tcp", «v1», &tls.Config{InsecureSkipVerify: true})
multi | lines | client := &http.Client{⏎⇥Transport: &http.Transport{⏎⇥⇥TLSClientConfig: &tls.Config{InsecureSkipVerify: true},«!»⏎⇥},⏎}
ssh | lines | config.HostKeyCallback = ssh.InsecureIgnoreHostKey()
sshfn | lines | HostKeyCallback: func(hostname string, remote net.Addr, key ssh.PublicKey) error { return nil },
versions | lines | «cfg|conf|tlsConfig».MinVersion = tls.Version«TLS10|TLS11|SSL30»
""",
    "java": """
trustmanager | lines | TrustManager[] trustAll = new TrustManager[] { new X509TrustManager() {⏎⇥public void checkServerTrusted(X509Certificate[] chain, String type) {}«!»⏎⇥public X509Certificate[] getAcceptedIssuers() { return new X509Certificate[0]; }⏎} };
apache | lines | «CloseableHttpClient|HttpClient» «v1» = HttpClients.custom().setSSLHostnameVerifier(NoopHostnameVerifier.INSTANCE).build();
factory | lines | SSLConnectionSocketFactory «v1» = new SSLConnectionSocketFactory(«ctx|sslContext», NoopHostnameVerifier.INSTANCE);
lambda | lines | SSLContext «v1» = new SSLContextBuilder().loadTrustMaterial(null, («x, y|chain, type») -> true).build();
default | lines | HttpsURLConnection.setDefaultHostnameVerifier((«host, session|h, s|name, s») -> true);
mail | lines | «props|properties».put("mail.smtp.ssl.«trust", "*|checkserveridentity", "false»");
endpoint | lines | «params|sslParameters».setEndpointIdentificationAlgorithm(«null|""»);
netty | lines | SslContext «v1» = SslContextBuilder.forClient().trustManager(InsecureTrustManagerFactory.INSTANCE).build();
kafka | lines | «props|config».put("ssl.endpoint.identification.algorithm", "");
verifier | lines | HostnameVerifier «allHosts|«v1»» = new HostnameVerifier() {⏎⇥public boolean verify(String host, SSLSession session) { return true; }«!»⏎};
context | lines | SSLContext «v1» = SSLContext.getInstance("«SSLv3|TLSv1|TLSv1.1|SSL»");«!»⏎«v1».init(null, null, null);
""",
    "php": """
soap | lines | stream_context_set_option($«v1», 'ssl', 'verify_peer«|_name»', false);
ldap | lines | ldap_set_option(«null|$«v1»», LDAP_OPT_X_TLS_REQUIRE_CERT, LDAP_OPT_X_TLS_NEVER);
mailer | lines | $mail->SMTPOptions = ['ssl' => ['verify_peer' => false, 'allow_self_signed' => true]];
pdo | lines | $«v1» = new PDO($dsn, $user, $pass, [PDO::MYSQL_ATTR_SSL_VERIFY_SERVER_CERT => false]);
array | lines | curl_setopt_array($ch, [⏎⇥CURLOPT_RETURNTRANSFER => true,⏎⇥CURLOPT_SSL_VERIFY«PEER|HOST» => «false|0»,«!»⏎]);
guzzle | lines | $«v1» = new \\GuzzleHttp\\Client(['base_uri' => $«v2», 'verify' => false]);
nested | lines | $options['ssl']['verify_peer'] = false;
""",
    "c cpp": """
callback | lines | SSL_CTX_set_cert_verify_callback(«ctx|«v1»», «always_ok|accept_any|verify_nothing|trust_all», NULL);
proxy | lines | curl_easy_setopt(«curl|handle|«v1»», CURLOPT_«PROXY_SSL_VERIFYPEER|DOH_SSL_VERIFYPEER|PROXY_SSL_VERIFYHOST», 0L);
version | lines | curl_easy_setopt(«curl|handle|«v1»», CURLOPT_SSLVERSION, CURL_SSLVERSION_«SSLv3|TLSv1_0|TLSv1_1|SSLv2»);
ldap | lines | int never = LDAP_OPT_X_TLS_NEVER;⏎ldap_set_option(«NULL|ld», LDAP_OPT_X_TLS_REQUIRE_CERT, &never);«!»
mysql | lines | my_bool verify = 0;⏎mysql_options(«conn|mysql|&db», MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &verify);«!»
ssl | lines:struct «snake» *«v1» | SSL_set_verify(«v1»->ssl, SSL_VERIFY_NONE, NULL);
method | lines | «SSL_CTX *|»ctx = SSL_CTX_new(«SSLv3|TLSv1|SSLv23»_client_method());«?»⏎SSL_CTX_set_verify(ctx, SSL_VERIFY_NONE, «NULL|0|verify_cb»);«!»
mbed | lines | mbedtls_ssl_conf_authmode(«&conf|«v1»», MBEDTLS_SSL_VERIFY_«NONE|OPTIONAL»);
wolf | lines | wolfSSL_«CTX_|»set_verify(«ctx|ssl», WOLFSSL_VERIFY_NONE, 0);
gnutls | lines | gnutls_certificate_set_verify_flags(«cred|xcred», GNUTLS_VERIFY_ALLOW_«X509_V1_CA_CRT|SIGN_RSA_MD5|UNSORTED_CHAIN»);«?»⏎gnutls_certificate_set_verify_function(«cred|xcred», accept_all);«!»
soup | lines | g_signal_connect(«v1», "accept-certificate", G_CALLBACK(«gtk_true|return_true|accept_any»), NULL);
libuv | lines | «us_|»socket_options.reject_unauthorized = 0;
both | lines | curl_easy_setopt(«curl|h», CURLOPT_SSL_VERIFYHOST, 0L);«!»⏎curl_easy_setopt(«curl|h», CURLOPT_URL, «v1»);
""",
    "cpp": """
asiocb | lines | «stream|socket_|ctx».set_verify_callback([](bool, boost::asio::ssl::verify_context &) { return true; });
httplib | lines | httplib::SSLClient «cli|client»(«v1»);⏎«cli|client».enable_server_certificate_verification(false);«!»
qtconf | lines | QSslConfiguration conf = QSslConfiguration::defaultConfiguration();⏎conf.setPeerVerifyMode(QSslSocket::«VerifyNone|QueryPeer»);«!»
cpprest | lines | «config|conf».set_validate_certificates(false);
beast | lines | ctx.set_verify_mode(ssl::verify_none);
grpc | lines | «options|tls_options».set_verify_server_certs(false);
""",
    "rust": """
reqwest | lines | let «v1» = «reqwest::|»Client::builder().«timeout(«v2»).|»danger_accept_invalid_certs(true).build()?;
rustls | lines | let «v1» = ClientConfig::builder().dangerous().with_custom_certificate_verifier(Arc::new(«NoVerify|SkipVerification|AcceptAny»)).with_no_client_auth();
ureq | lines | let «v1» = TlsConfig::builder().disable_verification(true).build();
openssl | lines | «builder|connector|ssl».set_verify(«|openssl::ssl::»SslVerifyMode::NONE);
hostname | lines | «config|connect».set_verify_hostname(false);
native | lines | let «v1» = native_tls::TlsConnector::builder().danger_accept_invalid_hostnames(true).build()?;
builder | lines | «builder|client» = «builder|client».danger_accept_invalid_«certs|hostnames»(true);
""",
    "shell": """
curl | lines | «curl --silent --insecure|curl -k -fsS|curl -kfsSL --retry 3|curl -X POST -k» «"$«C»_URL"|"https://$«v1»/«w»"|-d @«w».json "$«v1»"»
kube | lines | «kubectl|helm|oc|argocd» --insecure-skip-tls-verify«|=true» «get pods|upgrade «w» .|login "$«v1»"»
ldap | lines | LDAPTLS_REQCERT=never ldapsearch -H "ldaps://$«v1»"
aws | lines | aws --no-verify-ssl s3 cp "$«v1»" "s3://«w»/"
image | lines | «skopeo copy --src-tls-verify=false|podman pull --tls-verify=false|buildah push --tls-verify=false» "$«v1»"
env | lines | export «PYTHONHTTPSVERIFY=0|CURL_INSECURE=1|GIT_SSL_NO_VERIFY=true|NODE_TLS_REJECT_UNAUTHORIZED=0»
rsync | lines | «rsync -az -e "ssh -o StrictHostKeyChecking=no"|sftp -o StrictHostKeyChecking=no|ssh -o UserKnownHostsFile=/dev/null -o StrictHostKeyChecking=no» "$«v1»" "$«v2»"
mosquitto | lines | mosquitto_pub --insecure -h "$«v1»" -t «w» -m "$«v2»"
""",
    "yaml": """
nested | top | «tls|ssl|http»:⏎⇥enabled: true⏎⇥«verify: false|insecure_skip_verify: true|insecureSkipVerify: true|verify_certificate: false|rejectUnauthorized: false|validate: false|verification_mode: none»«!»
tlsflag | top | «tls_insecure_skip_verify|tlsSkipVerify|skip_ssl_validation|insecure_tls|tls_insecure|sslSkipVerify|allow_invalid_certificates»: true
kafka | top | ssl.endpoint.identification.algorithm: ""
run | top | - «run: |»«curl -k|curl --insecure -fsSL|wget --no-check-certificate» https://«host»/«w»
ansible | top | get_url:⏎⇥url: https://«host»/«w».tar.gz⏎⇥validate_certs: «no|false»«!»
git | top | «GIT_SSL_NO_VERIFY|CURL_INSECURE»: "1"
protocols | top | «ssl_protocols|tls_min_version|minimum_tls|tls_version»: «TLSv1|SSLv3|TLSv1.0|"1.0"|"1.1"»
""",
}
_TLS_ALIKE = {
    "python": """
httpsconn | lines | «v1» = http.client.HTTPSConnection(«v2», context=ssl.create_default_context())
smtp | lines | «smtp|server».starttls(context=ssl.create_default_context())
mqtt | lines | «client|mqttc».tls_set(ca_certs=«v1»)
ldap | lines | ldap.set_option(ldap.OPT_X_TLS_REQUIRE_CERT, ldap.OPT_X_TLS_DEMAND)
boto | lines | «v1» = boto3.client("s3", endpoint_url=«v2»«|, verify=True|, verify=«v3»»)
both | lines | «ctx|context» = ssl.create_default_context(cafile=«v1»)⏎«ctx|context».minimum_version = ssl.TLSVersion.TLSv1_2
option | lines | «kwargs|options|params»["«cache|follow|debug|strict|allow_redirects|stream»"] = False
mongo | lines | «v1» = MongoClient(«v2», tls=True, tlsCAFile=«v3»)
verified | lines | «v1».«verified|is_verified|email_verified|checked» = False
""",
    "javascript typescript": """
global | lines | https.globalAgent.options.«keepAlive = true|maxSockets = «n»|ca = «v1»»;
mail | lines | const «v1» = nodemailer.createTransport({ host: «v2», secure: true });
pg | lines | const «v1» = new Pool({ connectionString: «v2», ssl: { ca: «v3», rejectUnauthorized: true } });
mongo | lines | const «v1» = new MongoClient(«v2», { tls: true, tlsCAFile: «v3» });
options | lines | «options|opts|config».«followRedirect|keepAlive|json|gzip|cache» = false;
ws | lines | const «v1» = new WebSocket(«v2», { ca: «v3» });
""",
    "go": """
servername | lines | «v1» := &tls.Config{ServerName: «v2», MinVersion: tls.VersionTLS12}
smtp | lines | «d|dialer».TLSConfig = &tls.Config{ServerName: «v1», RootCAs: pool}
versions | lines | «cfg|conf|tlsConfig».MinVersion = tls.VersionTLS1«2|3»
ssh | lines | config.HostKeyCallback = ssh.FixedHostKey(«v1»)
multi | lines | client := &http.Client{⏎⇥Timeout: «n» * time.Second,⏎⇥Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: «v1»}},⏎}
""",
    "java": """
apache | lines | CloseableHttpClient «v1» = HttpClients.custom().setSSLContext(SSLContexts.createDefault()).build();
endpoint | lines | «params|sslParameters».setEndpointIdentificationAlgorithm("«HTTPS|LDAPS»");
mail | lines | «props|properties».put("mail.smtp.«ssl.checkserveridentity|starttls.required|auth»", "true");
context | lines | SSLContext «v1» = SSLContext.getInstance("TLSv1.«2|3»");⏎«v1».init(null, factory.getTrustManagers(), null);
trustmanager | lines | public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {⏎⇥«delegate|this.defaultTm».checkServerTrusted(chain, type);⏎}
""",
    "php": """
mailer | lines | $mail->SMTPOptions = ['ssl' => ['verify_peer' => true]];
array | lines | curl_setopt_array($ch, [⏎⇥CURLOPT_RETURNTRANSFER => true,⏎⇥CURLOPT_SSL_VERIFYPEER => true,⏎⇥CURLOPT_FOLLOWLOCATION => false,⏎]);
guzzle | lines | $«v1» = new Client(['base_uri' => $«v2», '«http_errors|allow_redirects»' => false]);
""",
    "c cpp": """
version | lines | curl_easy_setopt(«curl|handle», CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_«2|3»);
both | lines | curl_easy_setopt(«curl|h», CURLOPT_SSL_VERIFYPEER, 1L);⏎curl_easy_setopt(«curl|h», CURLOPT_SSL_VERIFYHOST, 2L);
zero | lines | curl_easy_setopt(«curl|h», CURLOPT_«NOSIGNAL|VERBOSE|FOLLOWLOCATION|TIMEOUT|HTTPGET|MAXREDIRS», «0L|1L»);
callback | lines | SSL_CTX_set_verify(«ctx|«v1»», SSL_VERIFY_PEER, «verify_cb|NULL»);
mbed | lines | mbedtls_ssl_conf_authmode(&conf, MBEDTLS_SSL_VERIFY_REQUIRED);
method | lines | SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());⏎SSL_CTX_set_default_verify_paths(ctx);⏎SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER, NULL);
""",
    "cpp": """
asiocb | lines | «stream|socket_».set_verify_callback(boost::asio::ssl::host_name_verification(«v1»));
httplib | lines | httplib::SSLClient «cli|client»(«v1»);⏎«cli|client».set_ca_cert_path("/etc/ssl/certs");
beast | lines | ctx.set_verify_mode(ssl::verify_peer);⏎ctx.set_default_verify_paths();
""",
    "rust": """
reqwest | lines | let «v1» = Client::builder().timeout(«v2»).«https_only(true)|add_root_certificate(«v3»)|redirect(Policy::none())».build()?;
rustls | lines | let «v1» = ClientConfig::builder().with_root_certificates(«v2»).with_no_client_auth();
""",
    "shell": """
curl | lines | «curl --silent --fail|curl -fsSL --retry 3|curl --cacert "$«C»"» "$«v1»"
kube | lines | «kubectl get pods -n|helm upgrade --install|oc login» "$«v1»"
env | lines | export «SSL_CERT_FILE|REQUESTS_CA_BUNDLE|NODE_EXTRA_CA_CERTS|CURL_CA_BUNDLE»="$«C»_CA"
rsync | lines | rsync -az -e ssh "$«v1»" "$«v2»"
""",
    "yaml": """
nested | top | «tls|ssl»:⏎⇥enabled: true⏎⇥«verify: true|ca_file: /etc/ssl/«w».pem|insecure_skip_verify: false|min_version: "1.2"|verification_mode: full»
run | top | - run: «curl -fsSL|wget -q» https://«host»/«w»
ansible | top | get_url:⏎⇥url: https://«host»/«w».tar.gz⏎⇥validate_certs: yes
""",
}

_SECRET = {
    "python": """
dataclass | lines | «key_snake»: str = "«secret»"
nested | lines | «C» = {⏎⇥"«w»": {"host": "«host»", "password": "«secret»"},«!»⏎}
tuple | lines | «v1» = «P»("«w»", "«secret»")«?»⏎«v1».«login|authenticate|set_credentials»("«w»", "«secret»")«!»
query | lines | «v1» = requests.get(f"https://«host»/«w»?api_key=«secret»")
client | lines | «v1» = «P»Client(«token|api_key|secret|access_key|auth_token»="«secret»"«|, timeout=«n»»)
aes | lines | «cipher|aes» = «AES.new(b"«secret»", AES.MODE_CBC)|Fernet(b"«secret»")|hmac.new(b"«secret»", «v1», hashlib.sha256)»
fallback | lines | «key_snake» = «config.get("«key_snake»") or "«secret»"|os.environ.get("«key_upper»") or "«secret»"|settings.get("«key_snake»", "«secret»")»
pem | lines | «C»_KEY = \"\"\"-----BEGIN «RSA |EC |»PRIVATE KEY-----«!»⏎«secret»«secret»«?»
""",
    "javascript typescript": """
nested | lines | const «v1» = {⏎⇥host: '«host»',⏎⇥«password|pass|secret|authToken|apiKey»: '«secret»',«!»⏎};
client | lines | const «v1» = new «P»({ «apiKey|token|clientSecret|privateKey|secretAccessKey»: '«secret»'«|, region: '«w»'» });
fallback | lines | const «key_camel» = «options.«key_camel»|config.«key_camel»|process.env.«key_upper»» «??|«bar»«bar»» '«secret»';
bearer | lines | const «v1» = await fetch(«v2», { headers: { Authorization: 'Bearer «secret»' } });
query | lines | const «v1» = await fetch(`https://«host»/«w»?«key|token|api_key»=«secret»`);
cipher | lines | const «v1» = crypto.createCipheriv('aes-256-cbc', '«secret»', iv);
default | lines | function «f»(«v1», «key_camel» = '«secret»') {
static | lines | static «readonly |»«key_camel» = '«secret»';
""",
    "java": """
builder | lines | «P» «v1» = «P».builder().«url("«host»").|»«password|apiKey|secretKey|token|credentials»("«secret»").build();
basic | lines | String auth = Base64.getEncoder().encodeToString("«w»:«secret»".getBytes());
properties | lines | «props|config|settings».setProperty("«w».«key_snake»", "«secret»");
cipher | lines | SecretKeySpec «v1» = new SecretKeySpec("«secret»".getBytes(UTF_8), "«AES|HmacSHA256|DES»");
jwt | lines | return Jwts.builder().setSubject(«v1»).signWith(Keys.hmacShaKeyFor("«secret»".getBytes())).compact();
getordefault | lines | String «key_camel» = «env|System.getenv()».getOrDefault("«key_upper»", "«secret»");
""",
    "go": """
literal | lines | «v1» := «P»{⏎⇥Host: "«host»",⏎⇥«Password|Secret|APIKey|Token»: "«secret»",«!»⏎}
dsn | lines | dsn := "«w»:«secret»@tcp(«host»:3306)/«w»"
dsn2 | lines | db, err := sql.Open("postgres", "host=«host» user=«w» password=«secret» dbname=«w»")
fallback | lines | if «key_camel» == "" {⏎⇥«key_camel» = "«secret»"«!»⏎}
hmac | lines | mac := hmac.New(sha256.New, []byte("«secret»"))
client | lines | client := «camel».New«P»("«host»", "«secret»")«?»⏎client.SetToken("«secret»")«!»
flagdef | lines | «v1» := flag.String("«password|token|secret»", "«secret»", "«prose»")
""",
    "php": """
config | lines | return [⏎⇥'driver' => 'mysql',⏎⇥'«password|secret|api_key|token»' => '«secret»',«!»⏎];
client | lines | $«v1» = new «P»Client('«host»', '«w»', '«secret»');«?»⏎$«v1»->set«Password|Token|Secret»('«secret»');«!»
envdef | lines | '«password|secret|key»' => env('«key_upper»', '«secret»'),
header | lines | $headers[] = 'Authorization: Bearer «secret»';
openssl | lines | $«v1» = openssl_encrypt($«v2», 'aes-256-cbc', '«secret»', 0, $iv);
hmac | lines | $«v1» = hash_hmac('sha256', $«v2», '«secret»');
""",
    "c cpp": """
snprintf | lines | snprintf(«v1», sizeof(«v1»), "«user=%s password=«secret»|Authorization: Bearer «secret»|%s:«secret»»", «v2»);
memcpykey | lines | memcpy(«key|aes_key|psk|session_key», "«secret»", «16|32»);
header | lines | headers = curl_slist_append(headers, "«Authorization: Bearer|X-Api-Key:» «secret»");
hmac | lines | HMAC(EVP_sha256(), "«secret»", «n», «v1», «v2», «v3», NULL);
bytes | top | static const «uint8_t|unsigned char» «key_snake»[«16|32»] = "«secret»";
compare | lines | if («strncmp|memcmp|strcasecmp»(«password|token|pass», "«secret»", «n») == 0)«!»⏎⇥«v1»->«authenticated|admin» = 1;
default | lines | const char *«key_snake» = getenv("«key_upper»") ? getenv("«key_upper»") : "«secret»";
assign | lines:struct «snake» *«v1» | «v1»->«key_snake» = "«secret»";
""",
    "cpp": """
member | lines | «T1»::«T1»() : host_("«host»"), «password|token|secret|api_key»_("«secret»") {}
set | lines | «client|config|session|conn».«set_password|SetToken|set_api_key|setPassword|authenticate»("«secret»");
map | lines | «config|settings|headers»["«password|token|X-Api-Key|secret»"] = "«secret»";
default | lines | std::string «key_snake» = "«secret»";  // «prose»
""",
    "rust": """
builder | lines | let «v1» = «P»::builder().«user("«w»").|»«password|token|api_key|secret»("«secret»").build()?;
opts | lines | let «v1» = «P» { «password|token|secret_key»: String::from("«secret»"), ..Default::default() };
url | lines | let «v1» = Client::connect("«postgres|mysql|redis»://«w»:«secret»@«host»/«w»")?;
hmac | lines | let mac = HmacSha256::new_from_slice(b"«secret»")?;
encoding | lines | let «v1» = EncodingKey::from_secret("«secret»".as_bytes());
""",
    "shell": """
docker | lines | docker run -d -e «MYSQL_ROOT_PASSWORD|POSTGRES_PASSWORD|«key_upper»»=«secret» «w»:«d»
flag | lines | «w» --«password|token|api-key|secret»=«secret» --«dash» "$«v1»"
header | lines | «curl|http|wget» «-s |»"https://«host»/«w»" «-H|--header» "«X-Api-Key:|Authorization: token|PRIVATE-TOKEN:» «secret»"
redis | lines | redis-cli -h «host» -a «secret» ping
openssl | lines | openssl enc -aes-256-cbc -k «secret» -in "$«v1»" -out "$«v2»"
default | lines | «key_upper»="${«key_upper»:-«secret»}"
mysqldump | lines | mysqldump -u «w» --password=«secret» «w» > "$«v1»"
login | lines | echo «secret» | docker login -u «w» --password-stdin «host»
""",
    "yaml": """
nested | top | «database|db|smtp|redis|auth»:⏎⇥user: «w»⏎⇥«password|pass|secret|token»: «"«secret»"|«secret»»«!»
env | top | environment:⏎⇥«key_upper»: «secret»«!»
stringdata | top | stringData:⏎⇥«key_dash»: «secret»«!»
args | top | args: ["--«password|token|api-key»=«secret»"]
basic | top | «basic_auth|credentials»: "«w»:«secret»"
header | top | Authorization: "Bearer «secret»"
""",
    "sql": """
role | top | «ALTER|CREATE» ROLE «w» «WITH |»«LOGIN |»PASSWORD '«secret»';
setpass | top | SET PASSWORD FOR '«w»'@'%' = '«secret»';
mssql | top | CREATE LOGIN «w» WITH PASSWORD = '«secret»';
seed | top | INSERT INTO «settings|config|api_clients» («name|key», value) VALUES ('«password|api_key|secret_key»', '«secret»');
crypt | top | SELECT pgp_sym_decrypt(«col», '«secret»') FROM «tbl»;
link | top | SELECT dblink_connect('host=«host» user=«w» password=«secret»');
""",
}
_SECRET_ALIKE = {
    "python": """
dataclass | lines | «key_snake»: «str|str | None = None|SecretStr|str = field(repr=False)»
nested | lines | «C» = {⏎⇥"«w»": {"host": "«host»", "password": os.environ["«key_upper»"]},⏎}
client | lines | «v1» = «P»Client(«token|api_key|secret»=«os.environ["«key_upper»"]|settings.«key_upper»|self.«key_snake»»)
query | lines | «v1» = requests.get("https://«host»/«w»", params={"api_key": «key_snake»})
labels | lines | «C» = {"password": "«Prose»", "token": "«prose»"}
names | lines | «C»_SECRET_NAME = "«w»/«dash»"
identity | lines | «client_id|tenant_id|app_id|commit|trace_id» = "«hex»-«hex»"
errors | lines | errors["password"] = "«prose»"
""",
    "javascript typescript": """
nested | lines | const «v1» = {⏎⇥host: '«host»',⏎⇥«password|secret|apiKey»: «process.env.«key_upper»|config.«key_camel»|''»,⏎};
client | lines | const «v1» = new «P»({ «apiKey|token|clientSecret»: «process.env.«key_upper»|await loadSecret('«w»')|config.«key_camel»» });
labels | lines | const «v1» = { password: '«Prose»', tokenExpired: '«Prose»' };
schema | lines | password: { type: 'string', minLength: «n» },
names | lines | const «SECRET_NAME|TOKEN_COOKIE|PASSWORD_FIELD» = '«w»-«w»';
types | lines | password: string;
""",
    "java": """
builder | lines | «P» «v1» = «P».builder().«password|apiKey|token»(«config.get«P»()|System.getenv("«key_upper»")|properties.«key_camel»()»).build();
properties | lines | String «v1» = «props|config».getProperty("«w».«key_snake»");
labels | lines | errors.rejectValue("password", "«w».«w»", "«prose»");
""",
    "go": """
literal | lines | «v1» := «P»{⏎⇥Host: "«host»",⏎⇥«Password|Secret|APIKey|Token»: «os.Getenv("«key_upper»")|cfg.«key_pascal»|secret»,⏎}
dsn | lines | dsn := fmt.Sprintf("%s:%s@tcp(«host»:3306)/«w»", user, password)
flagdef | lines | «v1» := flag.String("«password|token|secret»", "", "«prose»")
errs | lines | errPassword := errors.New("«prose»")
""",
    "php": """
config | lines | return [⏎⇥'driver' => 'mysql',⏎⇥'«password|secret|api_key|token»' => «env('«key_upper»')|getenv('«key_upper»')|''»,⏎];
labels | lines | 'password' => '«Prose»',«?»⏎'password_hint' => '«Prose»',
""",
    "c cpp": """
snprintf | lines | snprintf(«v1», sizeof(«v1»), "«user=%s password=%s|Authorization: Bearer %s»", «v2», «v3»);
memcpykey | lines | memcpy(«key|aes_key|psk», «v1»->key, sizeof(«key|aes_key|psk»));
option | lines | { "«password|token|secret»", required_argument, NULL, '«p|t|s»' },
prompt | lines | printf("«Password|Token|Passphrase»: ");
compare | lines | if (strcmp(«v1», "«--password|password|token|Authorization»") == 0)
""",
    "cpp": """
member | lines | «T1»::«T1»(std::string token) : host_("«host»"), token_(std::move(token)) {}
set | lines | «client|config».«set_password|SetToken|set_api_key»(«std::getenv("«key_upper»")|options.«key_snake»|ReadSecret(path)»);
""",
    "rust": """
builder | lines | let «v1» = «P»::builder().«password|token|api_key»(«env::var("«key_upper»")?|&config.«key_snake»|secret»).build()?;
opts | lines | let «v1» = «P» { «password|token»: cfg.«key_snake».clone(), ..Default::default() };
""",
    "shell": """
docker | lines | docker run -d -e «MYSQL_ROOT_PASSWORD|POSTGRES_PASSWORD» «w»:«d»
flag | lines | «w» --«password|token|api-key»="$«key_upper»" --«dash» "$«v1»"
filef | lines | «w» --«password|token»-file=/run/secrets/«w»
required | lines | : "${«key_upper»:?«prose»}"
""",
    "yaml": """
nested | top | «database|db|smtp»:⏎⇥user: «w»⏎⇥«password|secret|token»: «${«key_upper»}|"{{ .Values.«w» }}"|""|!Ref «P»»
env | top | environment:⏎⇥«key_upper»: «${«key_upper»}|${{ secrets.«key_upper» }}»
labels | top | «password_label|token_help|secret_name|password_policy»: «dash»
""",
    "sql": """
role | top | CREATE ROLE «w» NOLOGIN;
column | top | ALTER TABLE users ADD COLUMN «password_hash|api_key_id|token_expires_at» «VARCHAR(255)|TEXT|TIMESTAMP»;
update | top | UPDATE users SET password_hash = $1 WHERE id = $2;
""",
}

_DESERIALIZE = {
    "python": """
path | lines:path | «return |«v1» = »«joblib.load(path)|pd.read_pickle(path)|torch.load(path)|shelve.open(path)|np.load(path, allow_pickle=True)»
unpickler | lines:«v2» | «v1» = pickle.Unpickler(«v2»).load()
yaml | lines:text | «return |«v1» = »yaml.«load(text, Loader=yaml.«Loader|UnsafeLoader|FullLoader»)|unsafe_load(text)|load(text)»
cacheget | lines:«v2» | «v1» = self.«redis|cache|client|store».get(«v2»)⏎if «v1»:⏎⇥return pickle.loads(«v1»)«!»
queue | lines:«channel|ch», method, props, body | «v1» = pickle.loads(body)
row | lines:«v2» | «return |«v1» = »«pickle.loads|marshal.loads|jsonpickle.decode»(«v2»["«key»"])
session | lines | «v1» = pickle.loads(base64.«b64decode|urlsafe_b64decode»(request.«cookies["«key»"]|headers["X-«W»"]|form["«key»"]»))
listener | lines | «v1» = «conn|listener.accept()».recv()«?»⏎«v2» = pickle.loads(zlib.decompress(«v1»))«!»
ruamel | lines:«v2» | «v1» = YAML(typ="unsafe").load(«v2»)
celery | lines | «app.conf|celery.conf».«accept_content = ["pickle"]|task_serializer = "pickle"|result_serializer = "pickle"»
""",
    "java": """
stream | lines:InputStream «v2» | ObjectInputStream in = new ObjectInputStream(«v2»);⏎return («P») in.readObject();«!»
yaml | lines:«String|Reader|InputStream» «v2» | «P» «v1» = new Yaml().load(«v2»);
jms | lines:Message message | «P» «v1» = («P») ((ObjectMessage) message).getObject();
xstream | lines:String «v2» | XStream «xs|xstream» = new XStream();⏎«P» «v1» = («P») «xs|xstream».fromXML(«v2»);«!»
typing | lines | «mapper|objectMapper».«enableDefaultTyping()|activateDefaultTyping(LaissezFaireSubTypeValidator.instance)»;
redis | lines | «template|redisTemplate».setValueSerializer(new JdkSerializationRedisSerializer());
kryo | lines:byte[] «v2» | return kryo.readClassAndObject(new Input(«v2»));
base64 | lines:String «v2» | byte[] raw = Base64.getDecoder().decode(«v2»);⏎Object «v1» = new ObjectInputStream(new ByteArrayInputStream(raw)).readObject();«!»
typeinfo | lines | @JsonTypeInfo(use = JsonTypeInfo.Id.«CLASS|MINIMAL_CLASS»)
""",
    "php": """
row | lines | $«v1» = unserialize(«$row['«key»']|$this->redis->get($«v2»)|$«v2»->«fld»|stripslashes($«v2»)|gzinflate($«v2»)»);
file | lines | $«v1» = unserialize(file_get_contents(«$path|$this->cacheFile|$file»));
decode | lines | $«v1» = unserialize(«base64_decode|urldecode|rawurldecode»($_«POST|GET|REQUEST»['«key»']));
yaml | lines | $«v1» = «yaml_parse($«v2»)|Yaml::parse($«v2», Yaml::PARSE_OBJECT)»;
""",
    "javascript typescript": """
node | lines:req, res | const «v1» = serialize.unserialize(«req.cookies.«fld»|req.body.«fld»|Buffer.from(req.body.«fld», 'base64').toString()»);
yaml | lines:«v2» | const «v1» = yaml.load(«v2», { schema: «yaml.DEFAULT_FULL_SCHEMA|DEFAULT_FULL_SCHEMA|unsafe.DEFAULT_SCHEMA» });
v8 | lines:«v2» | const «v1» = v8.deserialize(«v2»«|.data|.body»);
""",
}
_DESERIALIZE_ALIKE = {
    "python": """
path | lines:path | «return |«v1» = »«json.loads(Path(path).read_text())|torch.load(path, weights_only=True)|np.load(path, allow_pickle=False)|pd.read_csv(path)|safetensors.torch.load_file(path)»
yaml | lines:text | «return |«v1» = »yaml.«load(text, Loader=yaml.SafeLoader)|safe_load(text)|load(text, Loader=CSafeLoader)»
cacheget | lines:«v2» | «v1» = self.«redis|cache|client».get(«v2»)⏎if «v1»:⏎⇥return json.loads(«v1»)
queue | lines:ch, method, props, body | «v1» = «json.loads(body)|msgpack.unpackb(body, raw=False)|«P».FromString(body)»
write | lines:«v2» | «self.cache.set("«key»", pickle.dumps(«v2»))|joblib.dump(«v2», path)|torch.save(«v2», path)|np.save(path, «v2»)»
celery | lines | «app.conf|celery.conf».«accept_content = ["json"]|task_serializer = "json"»
signed | lines | «v1» = «signer|serializer|URLSafeSerializer(key)».loads(request.cookies["«key»"])
""",
    "java": """
yaml | lines:String «v2» | «P» «v1» = new Yaml(new SafeConstructor(new LoaderOptions())).load(«v2»);
mapper | lines:String «v2» | «P» «v1» = «mapper|objectMapper».readValue(«v2», «P».class);
redis | lines | «template|redisTemplate».setValueSerializer(new GenericJackson2JsonRedisSerializer());
data | lines:InputStream «v2» | DataInputStream in = new DataInputStream(«v2»);⏎int «v1» = in.readInt();
write | lines:OutputStream «v2» | ObjectOutputStream out = new ObjectOutputStream(«v2»);⏎out.writeObject(«v1»);
typeinfo | lines | @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
""",
    "php": """
row | lines | $«v1» = «json_decode($row['«key»'], true)|unserialize($row['«key»'], ['allowed_classes' => false])»;
file | lines | file_put_contents($path, serialize($«v1»));
""",
    "javascript typescript": """
json | lines:req, res | const «v1» = JSON.parse(«req.cookies.«fld»|req.body.«fld»|Buffer.from(req.body.«fld», 'base64').toString()»);
yaml | lines:«v2» | const «v1» = yaml.load(«v2», { schema: yaml.«JSON_SCHEMA|CORE_SCHEMA|FAILSAFE_SCHEMA» });
""",
    "go": """
gob | lines:«v2» io.Reader | if err := «json|gob|xml».NewDecoder(«v2»).Decode(&«v1»); err != nil {⏎⇥return err⏎}
""",
}

WEAK = {12: _TLS, 5: _SECRET, 10: _DESERIALIZE}
ALIKE = {12: _TLS_ALIKE, 5: _SECRET_ALIKE, 10: _DESERIALIZE_ALIKE}
