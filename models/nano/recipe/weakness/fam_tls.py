# SPDX-License-Identifier: Apache-2.0
"""Insecure TLS: the certificate or the name of the peer goes unchecked, or the protocol is obsolete."""
from .family import Family

_URL = "«url|endpoint|self.url|«v»|\"https://«host»/«w»\"|f\"https://{«v»}/«w»\"|base_url + «v»»"

TLS = Family(
    12, "insecure-tls", held_out_language="ruby", flow_share=0.0,
    weak={
        "python": f"""
requests.get | expr | «requests|session|self.session|s|requests.Session()».«get|post|put|delete|head|patch»⟦{_URL}¦verify=False⟧
requests.get | expr | requests.«get|post|request»⟦{_URL}¦«timeout=«n»|headers=«v»|json=«v»|data=«v»»¦verify=False⟧
session.verify | lines | «session|self.session|s|client».verify = False
unverified | expr | ssl._create_unverified_context⟦⟧
CERT_NONE | lines | «ctx|context|ssl_context|self.ctx».verify_mode = ssl.CERT_NONE
check_hostname | lines | «ctx|context|ssl_context|self.ctx».check_hostname = False
default_https | lines | ssl._create_default_https_context = ssl._create_unverified_context
httpx | expr | httpx.«Client|AsyncClient|get|post»⟦«verify=False|{_URL}¦verify=False|timeout=«n»¦verify=False»⟧
aiohttp | expr | «session.get|aiohttp.TCPConnector|session.post»⟦«ssl=False|verify_ssl=False|«v»¦ssl=False»⟧
wrap_socket | expr | ssl.wrap_socket⟦«sock|s»«|¦cert_reqs=ssl.CERT_NONE|¦ssl_version=ssl.PROTOCOL_SSLv3»⟧
SSLContext | expr | ssl.SSLContext⟦ssl.PROTOCOL_«SSLv3|TLSv1|SSLv2|TLSv1_1»⟧
urllib3 | expr | urllib3.«PoolManager|HTTPSConnectionPool»⟦cert_reqs=«'CERT_NONE'|ssl.CERT_NONE»⟧
urllib3.warn | stmt | urllib3.disable_warnings⟦«|urllib3.exceptions.InsecureRequestWarning»⟧«?»⏎«v» = requests.get(«v», verify=False)«!»
paramiko | stmt | «client|ssh».set_missing_host_key_policy⟦paramiko.AutoAddPolicy()⟧
smtplib | lines | «ctx|context» = ssl.SSLContext()«?»⏎«ctx|context».verify_mode = ssl.CERT_NONE«!»
minimum | lines | «ctx|context».minimum_version = ssl.TLSVersion.«TLSv1|SSLv3|TLSv1_1|MINIMUM_SUPPORTED»
urlopen | expr | urlopen⟦«v»¦context=ssl._create_unverified_context()⟧
verify_ssl | lines | «VERIFY_SSL|verify_ssl|SSL_VERIFY|validate_certs» = False
es | expr | «Elasticsearch|MongoClient|redis.Redis|hvac.Client»⟦«v»¦«verify_certs=False|tlsAllowInvalidCertificates=True|ssl_cert_reqs="none"|verify=False»⟧
kwargs | lines | kwargs["verify"] = False
env | lines | os.environ["«PYTHONHTTPSVERIFY|CURL_CA_BUNDLE»"] = "«0|»"
""".replace("urllib3.warn | stmt | urllib3.disable_warnings⟦«|urllib3.exceptions.InsecureRequestWarning»⟧«?»", "urllib3.warn | lines | urllib3.disable_warnings()«?»"),
        "javascript typescript": """
rejectUnauthorized | lines | rejectUnauthorized: false,
rejectUnauthorized | lines | rejectUnauthorized: false
Agent | expr | new https.Agent⟦{ rejectUnauthorized: false«|, keepAlive: true» }⟧
NODE_TLS | lines | process.env«.NODE_TLS_REJECT_UNAUTHORIZED|['NODE_TLS_REJECT_UNAUTHORIZED']|["NODE_TLS_REJECT_UNAUTHORIZED"]» = «'0'|"0"|0»;
tls.connect | expr | tls.connect⟦«v»¦{ rejectUnauthorized: false }⟧
strictSSL | lines | strictSSL: false,
https.request | expr | https.«request|get»⟦{ host: «v», rejectUnauthorized: false }¦«v»⟧
assign | lines | «options|opts|agentOptions|tlsOptions».rejectUnauthorized = false;
checkServer | lines | checkServerIdentity: () => «undefined|null|{}»,
minVersion | lines | «minVersion|secureProtocol»: «'TLSv1'|'TLSv1.1'|'SSLv3_method'|'TLSv1_method'»,
axios | expr | axios.«get|post|create»⟦«v»¦{ httpsAgent: new https.Agent({ rejectUnauthorized: false }) }⟧
insecure | lines | insecure: true,
ignore | lines | ignoreHTTPSErrors: true,
agentopts | lines | agentOptions: { rejectUnauthorized: false },
secure | lines | tls: { rejectUnauthorized: false },
ssl | lines | ssl: { rejectUnauthorized: false },
""",
        "go": """
InsecureSkipVerify | lines | InsecureSkipVerify: true,
InsecureSkipVerify | expr | &tls.Config{InsecureSkipVerify: true}
transport | expr | &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}
assign | lines | «cfg|config|tlsConfig|conf».InsecureSkipVerify = true
dial | expr | tls.Dial⟦"tcp"¦«addr|"«host»:443"|«v»»¦&tls.Config{InsecureSkipVerify: true}⟧
hostkey | lines | HostKeyCallback: ssh.InsecureIgnoreHostKey(),
MinVersion | lines | MinVersion: tls.Version«SSL30|TLS10|TLS11»,
maxVersion | lines | «cfg|config».«MaxVersion|MinVersion» = tls.VersionTLS10
default | lines | http.DefaultTransport.(*http.Transport).TLSClientConfig = &tls.Config{InsecureSkipVerify: true}
verifypeer | lines | VerifyPeerCertificate: func([][]byte, [][]*x509.Certificate) error { return nil },«?»⏎InsecureSkipVerify: true,«!»
grpc | expr | credentials.NewTLS⟦&tls.Config{InsecureSkipVerify: true}⟧
""",
        "php": """
VERIFYPEER | stmt | curl_setopt⟦$«ch|curl|v1|handle»¦CURLOPT_SSL_VERIFYPEER¦«false|0|FALSE»⟧
VERIFYHOST | stmt | curl_setopt⟦$«ch|curl|handle»¦CURLOPT_SSL_VERIFYHOST¦«false|0|FALSE»⟧
array | lines | CURLOPT_SSL_VERIFYPEER => «false|0»,
stream | lines | 'verify_peer' => false,
guzzle | expr | new Client⟦['verify' => false]⟧
streamname | lines | 'verify_peer_name' => false,
selfsigned | lines | 'allow_self_signed' => true,
request | expr | $client->request⟦'«GET|POST»'¦$«v»¦['verify' => false]⟧
http | expr | Http::withoutVerifying⟦⟧->get($«v»)
host | lines | CURLOPT_SSL_VERIFYHOST => 0,
sslversion | stmt | curl_setopt⟦$ch¦CURLOPT_SSLVERSION¦«CURL_SSLVERSION_SSLv3|3|CURL_SSLVERSION_TLSv1_0»⟧
wp | expr | wp_remote_get⟦$«v»¦array('sslverify' => false)⟧
""".replace("$«ch|curl|v1|handle»", "$«ch|curl|handle»"),
        "java": """
checkServerTrusted | lines | public void checkServerTrusted(X509Certificate[] «chain|certs», String authType) {}
hostname | stmt | «conn|connection|HttpsURLConnection».«setHostnameVerifier|setDefaultHostnameVerifier»⟦(hostname, session) -> true⟧
noop | expr | NoopHostnameVerifier.INSTANCE
getInstance | expr | SSLContext.getInstance⟦"«SSL|SSLv3|TLSv1|TLSv1.1»"⟧
verify | lines | public boolean verify(String «host|hostname», SSLSession session) { return true; }
trustall | stmt | «sslContext|ctx|sc».init⟦null¦«trustAllCerts|new TrustManager[] { new TrustAllManager() }»¦new SecureRandom()⟧
allowall | stmt | factory.setHostnameVerifier⟦SSLSocketFactory.ALLOW_ALL_HOSTNAME_VERIFIER⟧
builder | expr | new OkHttpClient.Builder().hostnameVerifier⟦(«h, s|host, session») -> true⟧
truststrategy | expr | SSLContexts.custom().loadTrustMaterial⟦null¦«(chain, authType) -> true|new TrustSelfSignedStrategy()|TrustAllStrategy.INSTANCE»⟧
proceed | lines | public void onReceivedSslError(WebView view, SslErrorHandler «v1», SslError error) {⏎⇥«v1».proceed();«!»⏎}
netty | expr | SslContextBuilder.forClient().trustManager⟦InsecureTrustManagerFactory.INSTANCE⟧
accepted | lines | public X509Certificate[] getAcceptedIssuers() { return null; }«?»⏎public void checkServerTrusted(X509Certificate[] c, String a) { }«!»
protocols | stmt | socket.setEnabledProtocols⟦new String[] {"«SSLv3|TLSv1»"}⟧
""",
        "c cpp": """
VERIFYPEER | stmt | curl_easy_setopt⟦«curl|handle|easy|c|ch|«v»»¦CURLOPT_SSL_VERIFYPEER¦«0L|0|false|FALSE»⟧
VERIFYHOST | stmt | curl_easy_setopt⟦«curl|handle|easy|c|«v»»¦CURLOPT_SSL_VERIFYHOST¦«0L|0»⟧
SSL_VERIFY_NONE | stmt | SSL_CTX_set_verify⟦«ctx|ssl_ctx|self->ctx|«v»»¦SSL_VERIFY_NONE¦«NULL|0|nullptr»⟧
SSL_set_verify | stmt | SSL_set_verify⟦«ssl|conn->ssl|«v»»¦SSL_VERIFY_NONE¦NULL⟧
SSLv3_method | expr | SSL_CTX_new⟦«SSLv3_method|SSLv2_client_method|TLSv1_method|TLSv1_client_method|SSLv3_client_method»()⟧
gnutls | stmt | gnutls_certificate_set_verify_flags⟦«cred|xcred»¦GNUTLS_VERIFY_«DISABLE_CA_SIGN|ALLOW_SIGN_RSA_MD5»⟧
mbedtls | stmt | mbedtls_ssl_conf_authmode⟦&«conf|ssl_conf»¦MBEDTLS_SSL_VERIFY_NONE⟧
min_proto | expr | SSL_CTX_set_min_proto_version⟦«ctx|ssl_ctx»¦«SSL3_VERSION|TLS1_VERSION|TLS1_1_VERSION»⟧
cb | lines | static int «f»(int «ok|preverify_ok», X509_STORE_CTX *«v») { return 1; }
cipher | expr | SSL_CTX_set_cipher_list⟦«ctx|ssl_ctx»¦"«NULL|eNULL|aNULL|EXPORT|RC4|ALL:!LOW:aNULL|DES-CBC-SHA»"⟧
wolfssl | stmt | wolfSSL_CTX_set_verify⟦ctx¦«WOLFSSL_VERIFY_NONE|SSL_VERIFY_NONE»¦NULL⟧
soup | stmt | g_object_set⟦session¦"ssl-strict"¦FALSE¦NULL⟧
mosquitto | expr | mosquitto_tls_insecure_set⟦«mosq|m»¦«true|1»⟧
""",
        "cpp": """
asio | stmt | «ctx|ssl_ctx|context_|stream».set_verify_mode⟦«boost::asio::|asio::»ssl::verify_none⟧
qt | stmt | «socket|sock|config».setPeerVerifyMode⟦QSslSocket::VerifyNone⟧
ignore | stmt | «reply|socket|m_socket»->ignoreSslErrors⟦⟧
httplib | stmt | «cli|client».enable_server_certificate_verification⟦false⟧
context | expr | boost::asio::ssl::context «v»⟦boost::asio::ssl::context::«sslv3|tlsv1|sslv2»⟧
poco | expr | new Poco::Net::Context⟦Poco::Net::Context::CLIENT_USE¦""¦Poco::Net::Context::VERIFY_NONE⟧
cpr | expr | cpr::Get⟦cpr::Url{«v»}¦cpr::VerifySsl{false}⟧
""",
        "rust": """
danger | expr | «reqwest::|»Client::builder().danger_accept_invalid_certs⟦true⟧.build()
hostnames | expr | ClientBuilder::new().danger_accept_invalid_hostnames⟦true⟧.build()
openssl | stmt | «builder|ctx|connector».set_verify⟦SslVerifyMode::NONE⟧
rustls | stmt | config.dangerous().set_certificate_verifier⟦Arc::new(NoVerifier)⟧
native | expr | TlsConnector::builder().danger_accept_invalid_certs⟦true⟧.build()
verifier | lines | Ok(ServerCertVerified::assertion())
proto | expr | TlsConnector::builder().min_protocol_version⟦Some(Protocol::«Sslv3|Tlsv10»)⟧
""",
        "ruby": """
VERIFY_NONE | lines | «http|https|conn».verify_mode = OpenSSL::SSL::VERIFY_NONE
VERIFY_NONE2 | expr | «Net::HTTP.start|URI.open|RestClient::Request.execute»⟦«v»¦«verify_mode|ssl_verify_mode»: OpenSSL::SSL::VERIFY_NONE⟧
verify_ssl | lines | verify_ssl: false,
faraday | expr | Faraday.new⟦url: «v»¦ssl: { verify: false }⟧
httparty | expr | HTTParty.get⟦«v»¦verify: false⟧
ssl_version | lines | http.ssl_version = :«SSLv3|TLSv1»
""",
        "perl": """
verify_hostname | expr | LWP::UserAgent->new⟦ssl_opts => { verify_hostname => 0 }⟧
SSL_verify_mode | lines | SSL_verify_mode => «SSL_VERIFY_NONE|0|0x00|IO::Socket::SSL::SSL_VERIFY_NONE»,
ENV | lines | $ENV{PERL_LWP_SSL_VERIFY_HOSTNAME} = 0;
ssl_opts | stmt | $ua->ssl_opts⟦verify_hostname => 0⟧
tiny | expr | HTTP::Tiny->new⟦verify_SSL => 0⟧
mojo | stmt | $ua->insecure⟦1⟧
""",
        "csharp": """
callback | lines | ServicePointManager.ServerCertificateValidationCallback «+=|=» «(sender, cert, chain, errors)|delegate» «=> true|{ return true; }»;
handler | lines | «handler|httpHandler».ServerCertificateCustomValidationCallback = «(m, c, ch, e) => true|HttpClientHandler.DangerousAcceptAnyServerCertificateValidator»;
protocol | lines | ServicePointManager.SecurityProtocol = SecurityProtocolType.«Ssl3|Tls|Tls11»;
trust | lines | «conn|builder».TrustServerCertificate = true;
sslstream | expr | new SslStream⟦«v»¦false¦(s, c, ch, e) => true⟧
init | lines | ServerCertificateCustomValidationCallback = (_, _, _, _) => true,
""".replace("«(sender, cert, chain, errors)|delegate» «=> true|{ return true; }»", "«(sender, cert, chain, errors) => true|delegate { return true; }»"),
        "shell": """
curlk | lines | curl «-k|--insecure|-sk|-fsSLk|-skL|-k -X POST» «https://«host»/«w»|"$«v»"|-o «w» "$«v»"»
wget | lines | wget --no-check-certificate «https://«host»/«w»|"$«v»"|-q "$«v»"»
git | lines | «git config --global http.sslVerify false|export GIT_SSL_NO_VERIFY=«1|true»|git -c http.sslVerify=false clone "$«v»"»
ssh | lines | «ssh|scp» -o StrictHostKeyChecking=no «"$«v»"|«w»@«host»»
npm | lines | «npm config set strict-ssl false|yarn config set strict-ssl false»
pip | lines | pip install --trusted-host «host» «w»
node | lines | export NODE_TLS_REJECT_UNAUTHORIZED=0
openssl | lines | openssl s_client -«ssl3|tls1» -connect «host»:443
http | lines | http --verify=no "$«v»"
apt | lines | apt-get -o Acquire::https::Verify-Peer=false update
""",
        "yaml": """
verify | top | «verify_ssl|ssl_verify|verify|tls_verify|validate_certs|verify_certs|ssl_verification»: «false|no»
skip | top | «insecure_skip_verify|insecureSkipVerify|insecure-skip-tls-verify|skip_tls_verify|insecure»: true
reject | top | rejectUnauthorized: false
strict | top | strict-ssl: false
min | top | «minVersion|ssl_min_version|min_tls_version»: «TLSv1|SSLv3|TLS1.0|"1.0"»
node | top | - NODE_TLS_REJECT_UNAUTHORIZED=0
""",
        "toml": """
verify | top | «verify_ssl|ssl_verify|verify|tls_verify» = false
skip | top | «insecure_skip_verify|insecure|skip_verify» = true
min | top | min_tls_version = "«1.0|TLSv1»"
""",
        "ini": """
verify | top | «sslverify|ssl_verify|verify_ssl|sslVerify|verify» = «false|0|no|off»
strict | top | strict-ssl=false
protocol | top | «ssl_protocols|SSLProtocol» «= |»«SSLv3 TLSv1|all +SSLv3|TLSv1 TLSv1.1»
nginx | top | proxy_ssl_verify off;
trusted | top | trusted-host = «host»
sslmode | top | sslmode = «disable|allow»
""",
        "dockerfile": """
curl | top | RUN curl -«k|ksSL|fsSLk» https://«host»/«w».tar.gz -o /tmp/«w».tar.gz
wget | top | RUN wget --no-check-certificate https://«host»/«w»
git | top | «ENV GIT_SSL_NO_VERIFY=1|RUN git config --global http.sslVerify false»
node | top | ENV NODE_TLS_REJECT_UNAUTHORIZED=0
pip | top | RUN pip install --trusted-host «host» «w»
""",
        "env": """
node | top | NODE_TLS_REJECT_UNAUTHORIZED=0
verify | top | «VERIFY_SSL|SSL_VERIFY|TLS_VERIFY|PYTHONHTTPSVERIFY»=«false|0»
git | top | GIT_SSL_NO_VERIFY=«1|true»
""",
    },
    alike={
        "python": f"""
requests.get | expr | «requests|session|self.session».«get|post|put»⟦{_URL}«|¦timeout=«n»|¦verify=True|¦verify="/etc/ssl/certs/ca.pem"|¦verify=certifi.where()»⟧
session.verify | lines | «session|self.session».verify = «True|ca_bundle|"/etc/ssl/certs/«w».pem"»
unverified | expr | ssl.create_default_context⟦«|cafile=«v»|ssl.Purpose.CLIENT_AUTH»⟧
CERT_NONE | lines | «ctx|context».verify_mode = ssl.CERT_REQUIRED
check_hostname | lines | «ctx|context|ssl_context».check_hostname = True
httpx | expr | httpx.Client⟦«timeout=«n»|verify=True|»⟧
SSLContext | expr | ssl.SSLContext⟦ssl.PROTOCOL_TLS_CLIENT⟧
minimum | lines | «ctx|context».minimum_version = ssl.TLSVersion.TLSv1_«2|3»
wrap_socket | expr | «ctx|context».wrap_socket⟦sock¦server_hostname=«host|v»⟧
verifyother | expr | «f»⟦«v»¦verify=False⟧«?»
verify_ssl | lines | «VERIFY_SSL|verify_ssl|validate_certs» = True
paramiko | stmt | client.set_missing_host_key_policy⟦paramiko.RejectPolicy()⟧
other | expr | verify_signature⟦«v»¦«v»⟧
flag | lines | «v».verified = False
verifyname | lines | parser.add_argument("--verify", action="store_true")
checkmode | lines | self.check_mode = False
""".replace("server_hostname=«host|v»", "server_hostname=«v»"),
        "javascript typescript": """
rejectUnauthorized | lines | rejectUnauthorized: true,
Agent | expr | new https.Agent⟦{ «keepAlive: true|ca: «v»|rejectUnauthorized: true» }⟧
tls.connect | expr | tls.connect⟦443¦«v»¦{ servername: «v» }⟧
minVersion | lines | minVersion: 'TLSv1.«2|3»',
strictSSL | lines | strictSSL: true,
assign | lines | «options|opts».rejectUnauthorized = true;
other | lines | «keepAlive|compress|followRedirects|strict|cache»: false,
promise | lines | process.on('unhandledRejection', «f»);
https.request | expr | https.get⟦«v»¦«f»⟧
auth | lines | unauthorized: false,
axios | expr | axios.get⟦«v»¦{ timeout: «n» }⟧
""",
        "go": """
InsecureSkipVerify | lines | InsecureSkipVerify: false,
MinVersion | lines | MinVersion: tls.VersionTLS1«2|3»,
transport | expr | &tls.Config{RootCAs: «pool|certPool»«|, MinVersion: tls.VersionTLS12»}
dial | expr | tls.Dial⟦"tcp"¦«v»¦nil⟧
hostkey | lines | HostKeyCallback: ssh.FixedHostKey(«v»),
client | expr | &http.Client{Timeout: «n» * time.Second}
grpc | expr | credentials.NewClientTLSFromCert⟦«v»¦""⟧
""",
        "php": """
VERIFYPEER | stmt | curl_setopt⟦$ch¦CURLOPT_SSL_VERIFYPEER¦«true|1»⟧
VERIFYHOST | stmt | curl_setopt⟦$ch¦CURLOPT_SSL_VERIFYHOST¦2⟧
return | stmt | curl_setopt⟦$ch¦CURLOPT_«RETURNTRANSFER|FOLLOWLOCATION|HEADER»¦«true|false|1|0»⟧
stream | lines | 'verify_peer' => true,
guzzle | expr | new Client⟦['timeout' => «n»]⟧
array | lines | CURLOPT_SSL_VERIFYPEER => true,
""",
        "java": """
getInstance | expr | SSLContext.getInstance⟦"«TLSv1.2|TLSv1.3|TLS»"⟧
init | stmt | «sslContext|ctx».init⟦null¦tmf.getTrustManagers()¦null⟧
hostname | stmt | conn.setHostnameVerifier⟦HttpsURLConnection.getDefaultHostnameVerifier()⟧
proceed | lines | public void onReceivedSslError(WebView view, SslErrorHandler «v1», SslError error) {⏎⇥«v1».cancel();⏎}
checkServerTrusted | lines | public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {⏎⇥delegate.checkServerTrusted(chain, authType);⏎}
protocols | stmt | socket.setEnabledProtocols⟦new String[] {"TLSv1.«2|3»"}⟧
""",
        "c cpp": """
VERIFYPEER | stmt | curl_easy_setopt⟦«curl|handle|«v»»¦CURLOPT_SSL_VERIFYPEER¦1L⟧
VERIFYHOST | stmt | curl_easy_setopt⟦«curl|handle|«v»»¦CURLOPT_SSL_VERIFYHOST¦2L⟧
other | stmt | curl_easy_setopt⟦«curl|handle»¦CURLOPT_«FOLLOWLOCATION|NOPROGRESS|VERBOSE|HEADER|NOBODY|NOSIGNAL|FAILONERROR»¦«0L|1L»⟧
SSL_VERIFY_NONE | stmt | SSL_CTX_set_verify⟦ctx¦SSL_VERIFY_PEER«|¦ ¦SSL_VERIFY_FAIL_IF_NO_PEER_CERT»¦NULL⟧
SSLv3_method | expr | SSL_CTX_new⟦TLS_«|client_|server_»method()⟧
min_proto | expr | SSL_CTX_set_min_proto_version⟦ctx¦TLS1_«2|3»_VERSION⟧
mbedtls | stmt | mbedtls_ssl_conf_authmode⟦&conf¦MBEDTLS_SSL_VERIFY_REQUIRED⟧
options | stmt | SSL_CTX_set_options⟦ctx¦SSL_OP_NO_SSLv«2|3»⟧
cipher | expr | SSL_CTX_set_cipher_list⟦ctx¦"HIGH:!aNULL:!MD5"⟧
result | lines | if (SSL_get_verify_result(ssl) != X509_V_OK)⏎⇥return -1;
ca | stmt | curl_easy_setopt⟦curl¦CURLOPT_CAINFO¦«v»⟧
name | lines | «v»->verify = 0;
""".replace("SSL_VERIFY_PEER«|¦ ¦SSL_VERIFY_FAIL_IF_NO_PEER_CERT»", "SSL_VERIFY_PEER"),
        "cpp": """
asio | stmt | ctx.set_verify_mode⟦boost::asio::ssl::verify_peer⟧
qt | stmt | socket.setPeerVerifyMode⟦QSslSocket::VerifyPeer⟧
httplib | stmt | cli.enable_server_certificate_verification⟦true⟧
context | expr | boost::asio::ssl::context «v»⟦boost::asio::ssl::context::tlsv1«2|3»_client⟧
""",
        "rust": """
danger | expr | Client::builder().danger_accept_invalid_certs⟦false⟧.build()
builder | expr | Client::builder().timeout⟦Duration::from_secs(«n»)⟧.build()
openssl | stmt | builder.set_verify⟦SslVerifyMode::PEER⟧
root | expr | ClientBuilder::new().add_root_certificate⟦«v»⟧
""",
        "ruby": """
VERIFY_NONE | lines | http.verify_mode = OpenSSL::SSL::VERIFY_PEER
faraday | expr | Faraday.new⟦url: «v»⟧
use_ssl | lines | http.use_ssl = true
""",
        "perl": """
verify_hostname | expr | LWP::UserAgent->new⟦ssl_opts => { verify_hostname => 1 }⟧
SSL_verify_mode | lines | SSL_verify_mode => SSL_VERIFY_PEER,
""",
        "csharp": """
protocol | lines | ServicePointManager.SecurityProtocol = SecurityProtocolType.Tls1«2|3»;
handler | lines | var «v» = new HttpClientHandler { AllowAutoRedirect = false };
trust | lines | builder.TrustServerCertificate = false;
""",
        "shell": """
curlk | lines | curl «-fsSL|-s|-L|-o «w»|--cacert «w».pem» «https://«host»/«w»|"$«v»"»
wget | lines | wget -q https://«host»/«w»
git | lines | git config --global http.sslVerify true
ssh | lines | ssh -o StrictHostKeyChecking=yes "$«v»"
npm | lines | npm config set registry https://«host»
openssl | lines | openssl s_client -connect «host»:443
""",
        "yaml": """
verify | top | «verify_ssl|ssl_verify|verify|tls_verify|validate_certs»: «true|yes»
skip | top | insecure_skip_verify: false
min | top | «minVersion|min_tls_version»: «TLSv1.2|"1.3"»
other | top | «debug|cache|verbose|gzip|dry_run»: «true|false»
""",
        "toml": """
verify | top | «verify_ssl|verify» = true
min | top | min_tls_version = "1.«2|3»"
""",
        "ini": """
verify | top | «sslverify|verify_ssl» = «true|1|yes»
nginx | top | proxy_ssl_verify on;
protocol | top | ssl_protocols TLSv1.2 TLSv1.3;
sslmode | top | sslmode = verify-full
""",
        "dockerfile": """
curl | top | RUN curl -fsSL https://«host»/«w».tar.gz -o /tmp/«w».tar.gz
pip | top | RUN pip install --no-cache-dir «w»
""",
        "env": """
verify | top | «VERIFY_SSL|SSL_VERIFY»=«true|1»
node | top | NODE_EXTRA_CA_CERTS=/etc/ssl/«w».pem
""",
    },
)
