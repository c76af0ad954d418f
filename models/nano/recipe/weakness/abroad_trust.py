# SPDX-License-Identifier: Apache-2.0
"""Certificates, paths, hashes, random values and secrets in the languages in which tables seldom show them: the same mistakes by each
language's own calls, each with a harmless twin of the same shape. Training only; rows as in natural.py."""
from .servers import _Written

# ---- insecure tls
_TLS = {"python": r"""adapter | top | class «T»Adapter(«HTTPAdapter|requests.adapters.HTTPAdapter»):⏎⇥def init_poolmanager(self, *args, **kwargs):⏎⇥⇥kwargs["cert_reqs"] = «ssl.CERT_NONE|"CERT_NONE"»«!»⏎⇥⇥return super().init_poolmanager(*args, **kwargs)
sshclient | lines:host, user | «v1» = paramiko.SSHClient()⏎«v1».set_missing_host_key_policy(paramiko.«AutoAddPolicy|WarningPolicy»())«!»
pool | lines:§o§ | pool = urllib3.HTTPSConnectionPool(§o§["host"], cert_reqs=«"CERT_NONE"|ssl.CERT_NONE», «timeout|maxsize»=«d»)
legacy | lines:host, port | sock = socket.create_connection((host, port))⏎«ctx = ssl.SSLContext(ssl.PROTOCOL_«SSLv3|TLSv1|SSLv2»)«!»⏎return ctx.wrap_socket(sock)|sock = ssl.wrap_socket(sock, cert_reqs=ssl.CERT_NONE)«!»⏎sock.sendall(b"«w»\\r\\n")»
smtp | lines:host, message | with smtplib.SMTP(host, 587) as server:⏎⇥server.starttls(context=ssl._create_unverified_context())«!»⏎⇥server.send_message(message)
patched | top | try:⏎⇥ssl._create_default_https_context = ssl._create_unverified_context«!»⏎except AttributeError:⏎⇥pass
preset | top | def «fetch|download|call_api|get_json»(url, **kwargs):⏎⇥kwargs«.setdefault("verify", False)|["verify"] = False»«!»⏎⇥return requests.get(url, **kwargs).json()
stores | lines:uri | «client = pymongo.MongoClient(uri, tls=True, tlsAllowInvalidCertificates=True)|s3 = boto3.client("s3", endpoint_url=uri, verify=False)|cache = redis.from_url(uri, ssl_cert_reqs=None)|vault = hvac.Client(url=uri, verify=False)|jira = JIRA(uri, options={"verify": False})»
""", "java": r"""manager | top | TrustManager[] «trustAll|tm|managers» = new TrustManager[] { new X509TrustManager() {⏎⇥public X509Certificate[] getAcceptedIssuers() { return «null|new X509Certificate[0]»; }⏎⇥public void checkClientTrusted(X509Certificate[] chain, String type) { }⏎⇥public void checkServerTrusted(X509Certificate[] chain, String type) { }«!»⏎} };
verifier | top | class «T»Verifier implements HostnameVerifier {⏎⇥@Override⏎⇥public boolean verify(String «host|hostname|name», SSLSession session) { return true; }«!»⏎}
apache | lines:SSLContext ctx | CloseableHttpClient client = HttpClients.custom()⏎⇥.setSSLContext(ctx)⏎⇥.setSSLHostnameVerifier(«NoopHostnameVerifier.INSTANCE|new NoopHostnameVerifier()|(name, session) -> true»)«!»⏎⇥.build();
oldcontext | lines:KeyManager[] keys, TrustManager[] trust | SSLContext «ctx|context» = SSLContext.getInstance("«SSL|SSLv3|TLSv1»");«!»
enabled | lines:SSLSocket socket | socket.setEnabledProtocols(new String[] { «"SSLv3", "TLSv1"|"TLSv1"|"SSLv2Hello", "SSLv3"» });
netty | lines:String host, int port | SslContext «ssl|sslCtx» = SslContextBuilder.forClient()⏎⇥.trustManager(InsecureTrustManagerFactory.INSTANCE)«!»⏎⇥.build();
jsch | lines:JSch jsch, String user, String host | Session session = jsch.getSession(user, host, 22);⏎session.setConfig("StrictHostKeyChecking", "no");«!»⏎session.connect();
webview | top | @Override⏎public void onReceivedSslError(WebView view, SslErrorHandler handler, SslError error) {⏎⇥handler.proceed();«!»⏎}
strategy | lines | SSLContext ctx = «new SSLContextBuilder()|SSLContexts.custom()»⏎⇥.loadTrustMaterial(null, «TrustAllStrategy.INSTANCE|new TrustAllStrategy()|(certs, type) -> true»)«!»⏎⇥.build();
""", "csharp": r"""callback | top | private static bool «ValidateServerCertificate|OnValidate|AcceptAll»(object sender, X509Certificate cert, X509Chain chain, SslPolicyErrors errors) => true;
stream | lines:TcpClient client, string host | var ssl = new SslStream(client.GetStream(), false, «(s, c, ch, e) => true|delegate { return true; }|(sender, cert, chain, errors) => true»);«!»⏎ssl.AuthenticateAsClient(host);
danger | lines:string url | var handler = new HttpClientHandler();⏎handler.ServerCertificateCustomValidationCallback = «HttpClientHandler.DangerousAcceptAnyServerCertificateValidator|(msg, cert, chain, errors) => true»;«!»⏎var http = new HttpClient(handler);
protocol | lines | ServicePointManager.SecurityProtocol «=|«bar»=» SecurityProtocolType.«Ssl3|Tls|Tls11»;
oldauth | lines:SslStream stream, string host | «await stream.AuthenticateAsClientAsync|stream.AuthenticateAsClient»(host, null, SslProtocols.«Ssl3|Tls|Ssl2», false);
mailkit | lines:string host, MimeMessage message | using (var client = new SmtpClient())⏎{⏎⇥client.ServerCertificateValidationCallback = «(s, c, h, e) => true|delegate { return true; }»;«!»⏎⇥client.Connect(host, 465, true);⏎⇥client.Send(message);⏎}
sockets | lines | var options = new SslClientAuthenticationOptions();⏎options.RemoteCertificateValidationCallback = (sender, cert, chain, errors) => true;«!»
""", "go": r"""dial | lines:addr string | conn, err := grpc.«Dial|NewClient»(addr, «grpc.WithInsecure()|grpc.WithTransportCredentials(insecure.NewCredentials())»)«!»⏎if err != nil {⏎⇥return nil, err⏎}
peer | lines:host string | cfg := &tls.Config{⏎⇥ServerName: host,⏎⇥InsecureSkipVerify: true,«!»⏎}⏎cfg.VerifyPeerCertificate = func(raw [][]byte, chains [][]*x509.Certificate) error { return nil }«?»
sshconfig | lines:user string, signer ssh.Signer | «cfg|config|sshConfig» := &ssh.ClientConfig{⏎⇥User: user,⏎⇥Auth: []ssh.AuthMethod{ssh.PublicKeys(signer)},⏎⇥HostKeyCallback: ssh.InsecureIgnoreHostKey(),«!»⏎}
minimum | top | server := &http.Server{⏎⇥Addr: "«:8443|:443»",⏎⇥TLSConfig: &tls.Config{MinVersion: tls.«VersionSSL30|VersionTLS10|VersionTLS11»},«!»⏎}
creds | lines:addr string | creds := credentials.NewTLS(&tls.Config{InsecureSkipVerify: true})«!»⏎return grpc.Dial(addr, grpc.WithTransportCredentials(creds))
hostkey | top | func «acceptAll|anyHostKey|trustHost|ignoreHostKey»(hostname string, remote net.Addr, key ssh.PublicKey) error { return nil }
option | top | func With«Insecure|SkipVerify|NoVerify»() Option {⏎⇥return func(c *«T») {⏎⇥⇥c.«tls|tlsConfig|transport.TLSClientConfig».InsecureSkipVerify = true«!»⏎⇥}⏎}
""", "rust": r"""impl | top | impl «ServerCertVerifier|rustls::client::ServerCertVerifier» for «NoVerifier|SkipVerification|AcceptAll|Danger» {⏎⇥fn verify_server_cert(&self, _cert: &Certificate, _name: &ServerName) -> Result<ServerCertVerified, Error> {⏎⇥⇥Ok(ServerCertVerified::assertion())«!»⏎⇥}⏎}
custom | lines:mut config: ClientConfig | config⏎⇥.dangerous()⏎⇥.set_certificate_verifier(Arc::new(«NoVerifier|SkipVerification|AcceptAll {}|NoCertificateVerification»));«!»
openssl | lines:host: &str | let mut builder = SslConnector::builder(SslMethod::tls())?;⏎builder.set_verify(SslVerifyMode::NONE);«!»⏎let connector = builder.build();
native | lines | let connector = «TlsConnector|native_tls::TlsConnector»::builder()⏎⇥.danger_accept_invalid_«certs|hostnames»(true)«!»⏎⇥.build()?;
flag | lines:insecure: bool | let mut builder = reqwest::Client::builder().timeout(Duration::from_secs(«d»));⏎if insecure {⏎⇥builder = builder.danger_accept_invalid_«certs|hostnames»(true);«!»⏎}
hostname | lines:connector: &SslConnector, stream: TcpStream, host: &str | let stream = connector.configure()?.verify_hostname(false).connect(host, stream)?;
builder2 | lines | let tls = rustls::ClientConfig::builder()⏎⇥.dangerous()⏎⇥.with_custom_certificate_verifier(Arc::new(«SkipServerVerification|NoVerifier»))«!»⏎⇥.with_no_client_auth();
russh | top | impl client::Handler for «T» {⏎⇥async fn check_server_key(&mut self, _key: &PublicKey) -> Result<bool, Self::Error> { Ok(true) }«!»⏎}
""", "javascript typescript": r"""strict | lines:url, cb | request({⏎⇥«uri|url»: url,⏎⇥strictSSL: false,«!»⏎⇥json: true,⏎}, cb);
envflag | top | process.env«.NODE_TLS_REJECT_UNAUTHORIZED|['NODE_TLS_REJECT_UNAUTHORIZED']» = «'0'|"0"|0»;
method | lines:key, cert | https.createServer({ key, cert, «secureProtocol: 'SSLv3_method'|secureProtocol: 'TLSv1_method'|minVersion: 'TLSv1'» }, handler).listen(«n»);
socket | lines:url | «const ws|this.ws|let socket|this.socket» = new WebSocket(url, { rejectUnauthorized: false });
pool | top | const pool = new Pool({⏎⇥connectionString: process.env.DATABASE_URL,⏎⇥ssl: { rejectUnauthorized: false },«!»⏎});
ssh | lines:host, username, privateKey | conn.connect({⏎⇥host,⏎⇥username,⏎⇥privateKey,⏎⇥hostVerifier: () => true,«!»⏎});
create | top | «export const|const» api = axios.create({⏎⇥baseURL: 'https://«host»',⏎⇥httpsAgent: new https.Agent({ rejectUnauthorized: false }),«!»⏎⇥timeout: «n»,⏎});
electron | top | app.on('certificate-error', (event, contents, url, error, certificate, callback) => {⏎⇥event.preventDefault();⏎⇥callback(true);«!»⏎});
""", "php": r"""array | lines:$url | $ch = curl_init($url);⏎curl_setopt_array($ch, [⏎⇥CURLOPT_RETURNTRANSFER => true,⏎⇥CURLOPT_SSL_VERIFYPEER => «false|0»,«!»⏎]);⏎return curl_exec($ch);
soap | lines:$wsdl | $context = stream_context_create(array('ssl' => array('verify_peer' => false, 'allow_self_signed' => true)));«!»⏎return new SoapClient($wsdl, array('stream_context' => $context));
host | lines:$url | $ch = curl_init();⏎curl_setopt($ch, CURLOPT_URL, $url);⏎curl_setopt($ch, CURLOPT_SSL_VERIFYHOST, «0|false»);«!»
guzzle | top | class «T»Client⏎{⏎⇥public function __construct($baseUri)⏎⇥{⏎⇥⇥$this->http = new «Client|\GuzzleHttp\Client»(['base_uri' => $baseUri, 'verify' => false]);«!»⏎⇥}⏎}
mailer | lines:$mail | $mail->Host = '«host»';⏎$mail->SMTPOptions = ['ssl' => ['verify_peer' => false, 'verify_peer_name' => false]];«!»⏎$mail->send();
option | lines:$ctx, $host | stream_context_set_option($ctx, 'ssl', '«verify_peer|verify_peer_name»', false);«!»⏎$fp = stream_socket_client("ssl://$host:443", $errno, $errstr, 30, STREAM_CLIENT_CONNECT, $ctx);
""", "perl": r"""lwp | lines:$url | my $ua = «LWP::UserAgent|WWW::Mechanize»->new(ssl_opts => { verify_hostname => 0«|, SSL_verify_mode => 0» });«!»⏎my $res = $ua->get($url);
iosocket | lines:$host | my $sock = IO::Socket::SSL->new(⏎⇥PeerAddr => $host,⏎⇥PeerPort => «443|993|465»,⏎⇥SSL_verify_mode => «SSL_VERIFY_NONE|IO::Socket::SSL::SSL_VERIFY_NONE|0x00»,«!»⏎) or die $!;
envvar | top | «BEGIN { $ENV{PERL_LWP_SSL_VERIFY_HOSTNAME} = 0 }|$ENV{PERL_LWP_SSL_VERIFY_HOSTNAME} = 0;|$ENV{'PERL_LWP_SSL_VERIFY_HOSTNAME'} = "0";»
tiny | lines:$url | my $http = HTTP::Tiny->new(«verify_SSL => 0|timeout => «d», verify_SSL => 0»);«!»⏎return $http->get($url)->{content};
opts | lines:$self, $url | $self->{ua}->ssl_opts(«verify_hostname => 0|SSL_verify_mode => SSL_VERIFY_NONE|SSL_verify_mode => 0x00»);«!»⏎return $self->{ua}->get($url)->decoded_content;
starttls | lines:$sock, $host | IO::Socket::SSL->start_SSL($sock, SSL_hostname => $host, SSL_verify_mode => «0|SSL_VERIFY_NONE»)«!»⏎⇥or return;
ssleay | lines:$ctx | Net::SSLeay::CTX_set_verify($ctx, «Net::SSLeay::VERIFY_NONE()|&Net::SSLeay::VERIFY_NONE|0», «undef|sub { 1 }|0»);
""", "c cpp": r"""callback | top | static int «verify_cb|verify_callback|accept_all|check_cert»(int «ok|preverify_ok», X509_STORE_CTX *«ctx|store») { return 1; }
oldmethod | lines:const char *host | SSL_CTX *ctx = SSL_CTX_new(«SSLv3_client_method|SSLv2_client_method|TLSv1_client_method»());«!»⏎if (!ctx)⏎⇥return -1;
verifyhost | lines:CURL *«v1», const char *url | curl_easy_setopt(«v1», CURLOPT_SSL_VERIFYHOST, 0L);
ssl | lines:SSL *ssl, int fd | SSL_set_verify(ssl, SSL_VERIFY_NONE, NULL);«!»⏎SSL_set_fd(ssl, fd);⏎if (SSL_connect(ssl) <= 0)⏎⇥return -1;
mbed | lines:mbedtls_ssl_config *conf | mbedtls_ssl_conf_authmode(conf, MBEDTLS_SSL_VERIFY_«NONE|OPTIONAL»);«!»⏎mbedtls_ssl_conf_rng(conf, mbedtls_ctr_drbg_random, &drbg);
gnutls | lines:gnutls_session_t session | gnutls_session_set_verify_cert(session, NULL, GNUTLS_VERIFY_DISABLE_«CA_SIGN|TIME_CHECKS»);«!»⏎ret = gnutls_handshake(session);
insecureopt | lines:CURL *curl, int insecure | if (insecure) {⏎⇥curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, «0|0L|FALSE»);«!»⏎}
""", "cpp": r"""qtconfig | lines:const QUrl &url | QNetworkRequest request(url);⏎QSslConfiguration conf = request.sslConfiguration();⏎conf.setPeerVerifyMode(QSslSocket::«VerifyNone|QueryPeer»);«!»⏎request.setSslConfiguration(conf);
asio | lines:boost::asio::io_context &io | «ssl::context|boost::asio::ssl::context» ctx(ssl::context::«tls_client|sslv23|tlsv12_client»);⏎ctx.set_verify_mode(«ssl::verify_none|boost::asio::ssl::verify_none»);«!»⏎ssl::stream<tcp::socket> stream(io, ctx);
asiocb | lines:ssl::stream<tcp::socket> &stream | stream.set_verify_callback([](bool, ssl::verify_context &) { return true; });
wrappers | lines:const std::string &url | «auto r = cpr::Get(cpr::Url{url}, cpr::VerifySsl(false));|client.enable_server_certificate_verification(false);|socket->setPeerVerifyMode(QSslSocket::VerifyNone);|config.set_validate_certificates(false);»
poco | lines | Context::Ptr ctx = new Context(Context::CLIENT_USE, "", "", "", Context::VERIFY_NONE«|, 9, true»);
""", "shell": r"""install | lines | curl «-k|-sk|--insecure -sL|-kfsSL» "$«URL|url|BASE_URL/install.sh»" «-o "$TMP/«w».tar.gz"|«bar» bash|«bar» tar xz -C "$DEST"»
scp | lines | for host in $HOSTS; do⏎⇥«scp|ssh|sftp» -o StrictHostKeyChecking=no«| -o UserKnownHostsFile=/dev/null» «"$KEY" "$USER@$host:/tmp"|"$USER@$host"|"$FILE" "$host:$DEST"»«!»⏎done
exports | top | export «GIT_SSL_NO_VERIFY=1|GIT_SSL_NO_VERIFY=true|PYTHONHTTPSVERIFY=0|NODE_TLS_REJECT_UNAUTHORIZED=0»
tools | lines | «kubectl --insecure-skip-tls-verify apply -f "$1"|helm repo add --insecure-skip-tls-verify "$NAME" "$REPO"|pip install --trusted-host "$HOST" "$PKG"|rsync -e "ssh -o StrictHostKeyChecking=no" -a "$SRC" "$DST"|podman login --tls-verify=false "$REGISTRY"|npm config set strict-ssl false|skopeo copy --src-tls-verify=false "$SRC" "$DST"»
fallback | lines | wget -q "$1" -O "$2" || wget --no-check-certificate -q "$1" -O "$2"
func | top | fetch() {⏎⇥local url="$1"⏎⇥«curl --insecure --silent --show-error "$url"|wget -qO- --no-check-certificate "$url"|aria2c --check-certificate=false "$url"»«!»⏎}
""", "yaml": r"""prometheus | top | tls_config:⏎⇥insecure_skip_verify: «true|yes»«!»
ansible | top | - name: «Prose»⏎⇥«get_url|uri|ansible.builtin.get_url»:⏎⇥⇥url: https://«host»/«w»⏎⇥⇥validate_certs: «no|false|False»«!»
flags | top | «verify_ssl: false|ssl_verify: false|insecure: true|skipVerify: true|tlsSkipVerify: true|insecureSkipVerify: true|verify-certificates: false|ssl_verification_mode: none|tls_insecure: true|strict-ssl: false»
"""}
_TLS_ALIKE = {"python": r"""adapter | top | class «T»Adapter(«HTTPAdapter|requests.adapters.HTTPAdapter»):⏎⇥def init_poolmanager(self, *args, **kwargs):⏎⇥⇥kwargs["cert_reqs"] = «ssl.CERT_REQUIRED|"CERT_REQUIRED"»⏎⇥⇥return super().init_poolmanager(*args, **kwargs)
sshclient | lines:host, user | «v1» = paramiko.SSHClient()⏎«v1».«set_missing_host_key_policy(paramiko.RejectPolicy())|load_system_host_keys()»
pool | lines:§o§ | pool = urllib3.HTTPSConnectionPool(§o§["host"], cert_reqs=«"CERT_REQUIRED"|ssl.CERT_REQUIRED», «timeout|maxsize»=«d»)
legacy | lines:host, port | sock = socket.create_connection((host, port))⏎ctx = ssl.«SSLContext(ssl.PROTOCOL_TLS_CLIENT)|create_default_context()»⏎return ctx.wrap_socket(sock, server_hostname=host)
smtp | lines:host, message | with smtplib.SMTP(host, 587) as server:⏎⇥server.starttls(context=ssl.create_default_context())⏎⇥server.send_message(message)
patched | top | try:⏎⇥ssl_context = ssl.create_default_context(cafile=certifi.where())⏎except AttributeError:⏎⇥ssl_context = None
preset | top | def «fetch|download|call_api|get_json»(url, **kwargs):⏎⇥kwargs«.setdefault("verify", True)|["verify"] = CA_BUNDLE|.setdefault("timeout", 10)»⏎⇥return requests.get(url, **kwargs).json()
stores | lines:uri | «client = pymongo.MongoClient(uri, tls=True, tlsCAFile=ca_file)|s3 = boto3.client("s3", endpoint_url=uri, verify=True)|cache = redis.from_url(uri, ssl_cert_reqs="required")|vault = hvac.Client(url=uri, verify=ca_path)|jira = JIRA(uri, options={"verify": True})»
""", "java": r"""manager | top | TrustManagerFactory «v1» = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());⏎«v1».init(«keyStore|(KeyStore) null|trustStore»);
manager2 | top | class «T»TrustManager implements X509TrustManager {⏎⇥public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {⏎⇥⇥delegate.checkServerTrusted(chain, type);⏎⇥}⏎}
verifier | top | class «T»Verifier implements HostnameVerifier {⏎⇥@Override⏎⇥public boolean verify(String host, SSLSession session) { return «inner.verify(host, session)|OkHostnameVerifier.INSTANCE.verify(host, session)|expected.equals(host) && base.verify(host, session)»; }⏎}
apache | lines:SSLContext ctx | CloseableHttpClient client = HttpClients.custom()⏎⇥.setSSLContext(ctx)⏎⇥.setSSLHostnameVerifier(«new DefaultHostnameVerifier()|SSLConnectionSocketFactory.getDefaultHostnameVerifier()»)⏎⇥.build();
oldcontext | lines:KeyManager[] keys, TrustManager[] trust | SSLContext «ctx|context» = SSLContext.getInstance("«TLSv1.2|TLSv1.3»");
enabled | lines:SSLSocket socket | socket.setEnabledProtocols(new String[] { «"TLSv1.2", "TLSv1.3"|"TLSv1.3"|"TLSv1.2"» });
netty | lines:String host, int port | SslContext «ssl|sslCtx» = SslContextBuilder.forClient()⏎⇥.trustManager(«trustManagerFactory|new File("ca.pem")|caCert»)⏎⇥.build();
jsch | lines:JSch jsch, String user, String host | Session session = jsch.getSession(user, host, 22);⏎session.setConfig("StrictHostKeyChecking", "yes");⏎session.connect();
webview | top | @Override⏎public void onReceivedSslError(WebView view, SslErrorHandler handler, SslError error) {⏎⇥handler.cancel();⏎}
strategy | lines | SSLContext ctx = «new SSLContextBuilder()|SSLContexts.custom()»⏎⇥.loadTrustMaterial(«trustStore, null|new File("trust.jks"), storePass»)⏎⇥.build();
""", "csharp": r"""callback | top | private static bool «ValidateServerCertificate|OnValidate|CheckCertificate»(object sender, X509Certificate cert, X509Chain chain, SslPolicyErrors errors) => errors == SslPolicyErrors.None;
stream | lines:TcpClient client, string host | var ssl = new SslStream(client.GetStream(), false«|, (s, c, ch, e) => e == SslPolicyErrors.None»);⏎ssl.AuthenticateAsClient(host);
danger | lines:string url | var handler = new HttpClientHandler();⏎handler.«CheckCertificateRevocationList = true|ServerCertificateCustomValidationCallback = (m, c, ch, e) => e == SslPolicyErrors.None»;⏎var http = new HttpClient(handler);
protocol | lines | ServicePointManager.SecurityProtocol = SecurityProtocolType.«Tls12|Tls13|SystemDefault»;
oldauth | lines:SslStream stream, string host | «await stream.AuthenticateAsClientAsync|stream.AuthenticateAsClient»(host, null, SslProtocols.«Tls12|Tls13|None», true);
mailkit | lines:string host, MimeMessage message | using (var client = new SmtpClient())⏎{⏎⇥client.CheckCertificateRevocation = true;⏎⇥client.Connect(host, 465, true);⏎⇥client.Send(message);⏎}
sockets | lines | var options = new SslClientAuthenticationOptions();⏎options.RemoteCertificateValidationCallback = (sender, cert, chain, errors) => errors == SslPolicyErrors.None;
""", "go": r"""dial | lines:addr string, pool *x509.CertPool | conn, err := grpc.«Dial|NewClient»(addr, grpc.WithTransportCredentials(credentials.NewClientTLSFromCert(pool, "")))⏎if err != nil {⏎⇥return nil, err⏎}
peer | lines:host string, pool *x509.CertPool | cfg := &tls.Config{⏎⇥ServerName: host,⏎⇥RootCAs: pool,⏎}
sshconfig | lines:user string, signer ssh.Signer, known ssh.HostKeyCallback | «cfg|config|sshConfig» := &ssh.ClientConfig{⏎⇥User: user,⏎⇥Auth: []ssh.AuthMethod{ssh.PublicKeys(signer)},⏎⇥HostKeyCallback: known,⏎}
minimum | top | server := &http.Server{⏎⇥Addr: "«:8443|:443»",⏎⇥TLSConfig: &tls.Config{MinVersion: tls.«VersionTLS12|VersionTLS13»},⏎}
creds | lines:addr string, pool *x509.CertPool | creds := credentials.NewTLS(&tls.Config{RootCAs: pool})⏎return grpc.Dial(addr, grpc.WithTransportCredentials(creds))
knownhosts | lines:path string | callback, err := knownhosts.New(path)⏎if err != nil {⏎⇥return nil, err⏎}
hostkey | top | func «checkHostKey|verifyHost|knownHost»(hostname string, remote net.Addr, key ssh.PublicKey) error { return known(hostname, remote, key) }
option | top | func With«Timeout|RootCA|ServerName»(«v1» string) Option {⏎⇥return func(c *«T») {⏎⇥⇥c.«tls|tlsConfig|transport.TLSClientConfig».ServerName = «v1»⏎⇥}⏎}
""", "rust": r"""impl | top | impl ServerCertVerifier for «PinnedVerifier|LoggingVerifier|«T»» {⏎⇥fn verify_server_cert(&self, cert: &Certificate, name: &ServerName) -> Result<ServerCertVerified, Error> {⏎⇥⇥self.inner.verify_server_cert(cert, name)⏎⇥}⏎}
custom | lines:roots: RootCertStore | let config = ClientConfig::builder()⏎⇥.with_root_certificates(roots)⏎⇥.with_no_client_auth();
openssl | lines:host: &str | let mut builder = SslConnector::builder(SslMethod::tls())?;⏎builder.set_verify(SslVerifyMode::PEER);⏎let connector = builder.build();
native | lines:cert: Certificate | let connector = «TlsConnector|native_tls::TlsConnector»::builder()⏎⇥«.add_root_certificate(cert)|.danger_accept_invalid_hostnames(false)»⏎⇥.build()?;
flag | lines:ca: Option<Certificate> | let mut builder = reqwest::Client::builder().timeout(Duration::from_secs(«d»));⏎if let Some(cert) = ca {⏎⇥builder = builder.add_root_certificate(cert);⏎}
hostname | lines:connector: &SslConnector, stream: TcpStream, host: &str | let stream = connector.configure()?.verify_hostname(true).connect(host, stream)?;
russh | top | impl client::Handler for «T» {⏎⇥async fn check_server_key(&mut self, key: &PublicKey) -> Result<bool, Self::Error> { Ok(self.known_keys.contains(key)) }⏎}
""", "javascript typescript": r"""strict | lines:url, cb | request({⏎⇥«uri|url»: url,⏎⇥strictSSL: true,⏎⇥json: true,⏎}, cb);
envflag | top | process.env.«NODE_EXTRA_CA_CERTS = '/etc/ssl/«w».pem'|NODE_ENV = 'test'|NODE_TLS_REJECT_UNAUTHORIZED = '1'»;
method | lines:key, cert | https.createServer({ key, cert, «minVersion: 'TLSv1.2'|minVersion: 'TLSv1.3'|honorCipherOrder: true» }, handler).listen(«n»);
socket | lines:url, ca | «const ws|this.ws|let socket|this.socket» = new WebSocket(url, { «ca|rejectUnauthorized: true|handshakeTimeout: «n»» });
pool | top | const pool = new Pool({⏎⇥connectionString: process.env.DATABASE_URL,⏎⇥ssl: { «rejectUnauthorized: true|ca: fs.readFileSync('/etc/ssl/rds.pem').toString()» },⏎});
ssh | lines:host, username, privateKey | conn.connect({⏎⇥host,⏎⇥username,⏎⇥privateKey,⏎⇥hostVerifier: (key) => knownHosts.has(key),⏎});
create | top | «export const|const» api = axios.create({⏎⇥baseURL: 'https://«host»',⏎⇥httpsAgent: new https.Agent({ «keepAlive: true|maxSockets: «d»|ca» }),⏎⇥timeout: «n»,⏎});
electron | top | app.on('certificate-error', (event, contents, url, error, certificate, callback) => {⏎⇥event.preventDefault();⏎⇥callback(«false|certificate.fingerprint === PINNED»);⏎});
""", "php": r"""array | lines:$url | $ch = curl_init($url);⏎curl_setopt_array($ch, [⏎⇥CURLOPT_RETURNTRANSFER => true,⏎⇥CURLOPT_SSL_VERIFYPEER => «true|1»,⏎]);⏎return curl_exec($ch);
soap | lines:$wsdl | $context = stream_context_create(array('ssl' => array('verify_peer' => true, 'cafile' => '/etc/ssl/ca.pem')));⏎return new SoapClient($wsdl, array('stream_context' => $context));
host | lines:$url | $ch = curl_init();⏎curl_setopt($ch, CURLOPT_URL, $url);⏎curl_setopt($ch, CURLOPT_SSL_VERIFYHOST, 2);
guzzle | top | class «T»Client⏎{⏎⇥public function __construct($baseUri)⏎⇥{⏎⇥⇥$this->http = new «Client|\GuzzleHttp\Client»(['base_uri' => $baseUri, «'verify' => true|'verify' => $this->caFile|'timeout' => «d»»]);⏎⇥}⏎}
mailer | lines:$mail | $mail->Host = '«host»';⏎$mail->SMTPOptions = ['ssl' => ['verify_peer' => true, 'verify_peer_name' => true]];⏎$mail->send();
option | lines:$ctx, $host | stream_context_set_option($ctx, 'ssl', '«verify_peer|verify_peer_name»', true);⏎$fp = stream_socket_client("ssl://$host:443", $errno, $errstr, 30, STREAM_CLIENT_CONNECT, $ctx);
""", "perl": r"""lwp | lines:$url | my $ua = «LWP::UserAgent|WWW::Mechanize»->new(ssl_opts => { verify_hostname => 1«|, SSL_ca_file => $ca» });⏎my $res = $ua->get($url);
iosocket | lines:$host | my $sock = IO::Socket::SSL->new(⏎⇥PeerAddr => $host,⏎⇥PeerPort => «443|993|465»,⏎⇥SSL_verify_mode => «SSL_VERIFY_PEER|IO::Socket::SSL::SSL_VERIFY_PEER»,⏎) or die $!;
envvar | top | «BEGIN { $ENV{PERL_LWP_SSL_VERIFY_HOSTNAME} = 1 }|$ENV{PERL_LWP_SSL_VERIFY_HOSTNAME} = 1;|$ENV{HTTPS_CA_FILE} = '/etc/ssl/«w».pem';»
tiny | lines:$url | my $http = HTTP::Tiny->new(«verify_SSL => 1|timeout => «d», verify_SSL => 1»);⏎return $http->get($url)->{content};
opts | lines:$self, $url | $self->{ua}->ssl_opts(«verify_hostname => 1|SSL_verify_mode => SSL_VERIFY_PEER|SSL_ca_path => '/etc/ssl/certs'»);⏎return $self->{ua}->get($url)->decoded_content;
starttls | lines:$sock, $host | IO::Socket::SSL->start_SSL($sock, SSL_hostname => $host, SSL_verify_mode => SSL_VERIFY_PEER)⏎⇥or return;
ssleay | lines:$ctx | Net::SSLeay::CTX_set_verify($ctx, «Net::SSLeay::VERIFY_PEER()|&Net::SSLeay::VERIFY_PEER», «undef|\&check_cert|0»);
""", "c cpp": r"""callback | top | static int «verify_cb|verify_callback|check_cert»(int ok, X509_STORE_CTX *store) { return ok; }
oldmethod | lines:const char *host | SSL_CTX *ctx = SSL_CTX_new(«TLS_client_method|TLS_method»());⏎if (!ctx)⏎⇥return -1;
verifyhost | lines:CURL *«v1», const char *url | curl_easy_setopt(«v1», CURLOPT_SSL_VERIFYHOST, 2L);
ssl | lines:SSL *ssl, int fd | SSL_set_verify(ssl, SSL_VERIFY_PEER, «NULL|verify_cb»);⏎SSL_set_fd(ssl, fd);⏎if (SSL_connect(ssl) <= 0)⏎⇥return -1;
mbed | lines:mbedtls_ssl_config *conf | mbedtls_ssl_conf_authmode(conf, MBEDTLS_SSL_VERIFY_REQUIRED);⏎mbedtls_ssl_conf_rng(conf, mbedtls_ctr_drbg_random, &drbg);
gnutls | lines:gnutls_session_t session, const char *host | gnutls_session_set_verify_cert(session, host, 0);⏎ret = gnutls_handshake(session);
insecureopt | lines:CURL *curl, const char *ca | if (ca) {⏎⇥curl_easy_setopt(curl, CURLOPT_CAINFO, ca);⏎}
""", "cpp": r"""qtconfig | lines:const QUrl &url | QNetworkRequest request(url);⏎QSslConfiguration conf = request.sslConfiguration();⏎conf.setPeerVerifyMode(QSslSocket::VerifyPeer);⏎request.setSslConfiguration(conf);
asio | lines:boost::asio::io_context &io | «ssl::context|boost::asio::ssl::context» ctx(ssl::context::«tls_client|sslv23|tlsv12_client»);⏎ctx.set_verify_mode(«ssl::verify_peer|boost::asio::ssl::verify_peer»);⏎ssl::stream<tcp::socket> stream(io, ctx);
asiocb | lines:ssl::stream<tcp::socket> &stream, const std::string &host | stream.set_verify_callback(ssl::«rfc2818_verification|host_name_verification»(host));
wrappers | lines:const std::string &url | «auto r = cpr::Get(cpr::Url{url}, cpr::VerifySsl(true));|client.enable_server_certificate_verification(true);|socket->setPeerVerifyMode(QSslSocket::VerifyPeer);|config.set_validate_certificates(true);»
poco | lines | Context::Ptr ctx = new Context(Context::CLIENT_USE, "", "", "", Context::VERIFY_«STRICT|RELAXED»«|, 9, true»);
""", "shell": r"""install | lines | curl «-fsSL|-sL|--cacert "$CA" -sL» "$«URL|url|BASE_URL/install.sh»" «-o "$TMP/«w».tar.gz"|«bar» tar xz -C "$DEST"»
scp | lines | for host in $HOSTS; do⏎⇥«scp|ssh|sftp» -o «StrictHostKeyChecking=yes|BatchMode=yes|ConnectTimeout=«d»» «"$KEY" "$USER@$host:/tmp"|"$USER@$host"|"$FILE" "$host:$DEST"»⏎done
exports | top | export «GIT_SSL_CAINFO=/etc/ssl/«w».pem|PYTHONHTTPSVERIFY=1|NODE_EXTRA_CA_CERTS="$CA"|SSL_CERT_FILE="$CA"»
tools | lines | «kubectl --certificate-authority="$CA" apply -f "$1"|helm repo add --ca-file "$CA" "$NAME" "$REPO"|pip install --index-url "$INDEX" "$PKG"|rsync -e "ssh -p $PORT" -a "$SRC" "$DST"|podman login "$REGISTRY"|npm config set strict-ssl true|skopeo copy "$SRC" "$DST"»
fallback | lines | wget -q "$1" -O "$2" || curl -fsSL "$1" -o "$2"
func | top | fetch() {⏎⇥local url="$1"⏎⇥«curl --silent --show-error "$url"|wget -qO- "$url"|aria2c --check-certificate=true "$url"»⏎}
""", "yaml": r"""prometheus | top | tls_config:⏎⇥«insecure_skip_verify: false|ca_file: /etc/ssl/«w».pem»
ansible | top | - name: «Prose»⏎⇥«get_url|uri|ansible.builtin.get_url»:⏎⇥⇥url: https://«host»/«w»⏎⇥⇥validate_certs: «yes|true|True»
flags | top | «verify_ssl: true|ssl_verify: true|insecure: false|skipVerify: false|tlsSkipVerify: false|insecureSkipVerify: false|verify-certificates: true|ssl_verification_mode: full|tls_insecure: false|strict-ssl: true»
"""}

# ---- path traversal
_PATH = {"rust": r"""axum | top | async fn «download|serve|fetch_file»(Path(§file§): Path<String>) -> impl IntoResponse {⏎⇥let §full§ = format!("«path»/{}", §file§);⏎⇥match std::fs::read(&§full§) {«!»⏎⇥⇥Ok(bytes) => (StatusCode::OK, bytes),⏎⇥⇥Err(_) => (StatusCode::NOT_FOUND, Vec::new()),⏎⇥}⏎}
actix | top | #[get("/«w»/{name}")]⏎async fn «f»(name: web::Path<String>) -> actix_web::Result<NamedFile> {⏎⇥Ok(NamedFile::open(«Path::new("./static").join(name.as_str())|format!("uploads/{}", name)|PathBuf::from("«path»").join(name.into_inner())»)?)«!»⏎}
unzip | lines:archive: &mut ZipArchive<File>, §dest§: &Path | for i in 0..archive.len() {⏎⇥let mut entry = archive.by_index(i)?;⏎⇥let mut out = File::create(§dest§.join(entry.name()))?;«!»⏎⇥io::copy(&mut entry, &mut out)?;⏎}
store | top | impl «T» {⏎⇥pub fn «remove|delete|evict»(&self, key: &str) -> io::Result<()> {⏎⇥⇥fs::remove_file(«self.root.join(key)|format!("{}/{}", self.dir, key)|self.root.join(format!("{key}.json"))»)«!»⏎⇥}⏎}
upload | lines:mut multipart: Multipart | while let Some(field) = multipart.next_field().await? {⏎⇥let name = field.file_name().unwrap_or("upload").to_string();⏎⇥fs::write(«Path::new(UPLOADS).join(&name)|format!("uploads/{name}")», field.bytes().await?)?;«!»⏎}
request | lines:stream: &mut TcpStream, line: &str | let §file§ = line.split_whitespace().nth(1).unwrap_or("/");⏎let body = fs::read_to_string(format!("«public|www|static»{}", §file§))?;«!»⏎stream.write_all(body.as_bytes())?;
""", "go": r"""upload | top | func «upload|handleUpload|receive»(w http.ResponseWriter, r *http.Request) {⏎⇥src, hdr, err := r.FormFile("«w»")⏎⇥if err != nil {⏎⇥⇥http.Error(w, err.Error(), 400)⏎⇥⇥return⏎⇥}⏎⇥dst, _ := os.Create(«filepath.Join(uploadDir, r.FormValue("dir"), hdr.Filename)|"./uploads/" + r.FormValue("dir") + "/" + hdr.Filename»)«!»⏎⇥io.Copy(dst, src)⏎}
remove | top | func (s *«T») Delete(§file§ string) error {⏎⇥return os.«Remove|RemoveAll»(«filepath.Join(s.root, §file§)|path.Join(s.dir, §file§)|s.root + "/" + §file§»)«!»⏎}
tmpl | lines:w http.ResponseWriter, r *http.Request | §file§ := r.URL.Query().Get("«page|lang|theme|view»")⏎tmpl, err := template.ParseFiles(«"templates/" + §file§ + ".html"|filepath.Join("views", §file§)|fmt.Sprintf("pages/%s.tmpl", §file§)»)«!»⏎if err != nil {⏎⇥http.NotFound(w, r)⏎⇥return⏎}
logs | lines:c echo.Context | return c.«Attachment|Inline»("«path»/"+c.«Param|QueryParam»("§file§"), "«w».log")
""", "csharp": r"""action | top | [HttpGet("«w»/{name}")]⏎public IActionResult «Download|Show|GetFile»(string name)⏎{⏎⇥var §full§ = Path.Combine(_env.«ContentRootPath|WebRootPath», "«w»", name);⏎⇥return «PhysicalFile(§full§, "application/octet-stream")|File(System.IO.File.ReadAllBytes(§full§), "image/png")|Content(System.IO.File.ReadAllText(§full§))»;«!»⏎}
upload | top | public async Task<IActionResult> Upload(IFormFile file)⏎{⏎⇥using var stream = «new FileStream(Path.Combine(_uploads, file.FileName), FileMode.Create)|System.IO.File.Create(_uploads + "/" + file.FileName)»;«!»⏎⇥await file.CopyToAsync(stream);⏎⇥return Ok();⏎}
extract | lines:ZipArchive archive, string §dest§ | foreach (var entry in archive.Entries)⏎{⏎⇥entry.ExtractToFile(«Path.Combine(§dest§, entry.FullName)|§dest§ + "\\" + entry.FullName»«|, true»);«!»⏎}
delete | lines:HttpContext context | var name = context.Request.«Query["file"]|Form["name"]|QueryString["path"]»;⏎File.Delete(«Server.MapPath("~/«w»/" + name)|Path.Combine(Root, name)|@"C:\«w»\" + name»);«!»
cache | top | public class «T»Cache⏎{⏎⇥public string Load(string key) => File.ReadAllText(«Path.Combine(_dir, key + ".json")|$"{_dir}/{key}"|_dir + Path.DirectorySeparatorChar + key»);«!»⏎}
""", "java": r"""delete | lines:HttpServletRequest request | String name = request.getParameter("«key»");⏎«new File(UPLOAD_DIR + "/" + name).delete()|Files.deleteIfExists(Paths.get(root, name))|Files.delete(root.resolve(name))|FileUtils.deleteQuietly(new File(root, name))»;«!»
stream | lines:String «v1» | try (BufferedReader in = new BufferedReader(new FileReader("«path»/" + «v1»))) {«!»⏎⇥return in.lines().collect(Collectors.joining("\n"));⏎}
forward | top | protected void doGet(HttpServletRequest req, HttpServletResponse resp) throws Exception {⏎⇥String page = req.getParameter("«page|view»");⏎⇥req.getRequestDispatcher("/WEB-INF/«w»/" + page).«forward|include»(req, resp);«!»⏎}
jaxrs | top | @GET⏎@Path("/«w»/{name}")⏎public Response «f»(@PathParam("name") String name) {⏎⇥return Response.ok(new File(«baseDir + "/" + name|root, name»)).build();«!»⏎}
jar | lines:JarFile jar, File §dest§ | for (Enumeration<JarEntry> e = jar.entries(); e.hasMoreElements(); ) {⏎⇥JarEntry entry = e.nextElement();⏎⇥Files.copy(jar.getInputStream(entry), new File(§dest§, entry.getName()).toPath());«!»⏎}
""", "ruby": r"""sinatra | top | «get|post» '/«w»/:name' do⏎⇥«send_file File.join(settings.root, '«w»', params[:name])|File.read("«w»/#{params[:name]}")|erb File.read("views/#{params[:name]}.erb")»«!»⏎end
rails | top | def «show|download|export»⏎⇥send_file «Rails.root.join('«w»', params[:«file|name|path»])|"#{Rails.root}/public/«w»/#{params[:«file|name»]}"»«!»⏎end
unzip | lines:archive, §dest§ | Zip::File.open(archive) do |zip|⏎⇥zip.each do |entry|⏎⇥⇥entry.extract(File.join(§dest§, entry.name)) { true }«!»⏎⇥end⏎end
rack | top | class «T»⏎⇥def call(env)⏎⇥⇥§full§ = File.join(@root, Rack::Utils.unescape(env['PATH_INFO']))⏎⇥⇥«body = File.binread(§full§)|[200, {}, File.open(§full§, 'rb')]»«!»⏎⇥end⏎end
upload | lines:params | name = params[:file][:filename]⏎«File.open("uploads/#{name}", 'wb') { «bar»f«bar» f.write(params[:file][:tempfile].read) }|FileUtils.mv(params[:file][:tempfile].path, File.join(UPLOADS, name))|IO.binwrite(File.join(UPLOADS, name), params[:file][:tempfile].read)»«!»
remove | lines:key | FileUtils.«rm_f|rm_rf|remove_entry»(«File.join(@cache_dir, key)|"#{@root}/#{key}"»)
""", "python": r"""remove | lines:request | name = request.«json["name"]|form.get("file")|args["path"]»⏎«os.remove(os.path.join(UPLOADS, name))|os.unlink(UPLOADS + "/" + name)|shutil.rmtree(os.path.join(WORKSPACE, name))»«!»⏎return "", 204
fastapi | top | @«app|router».get("/«w»/{§file§:path}")⏎«async def|def» «f»(§file§: str):⏎⇥return FileResponse(«f"{STATIC}/{§file§}"|os.path.join(STATIC, §file§)|STATIC + "/" + §file§»)«!»
socket | lines:conn | §file§ = conn.recv(1024).decode().strip()⏎with open(«"«path»/" + §file§|os.path.join(ROOT, §file§)|f"{ROOT}/{§file§}"», "rb") as f:«!»⏎⇥conn.sendall(f.read())
""", "javascript typescript": r"""fastify | top | fastify.get('/«w»/:name', async (request, reply) => {⏎⇥return reply.send(fs.createReadStream(«`${ROOT}/${request.params.name}`|path.resolve(ROOT, request.params.name)»));«!»⏎});
busboy | lines:req, §dest§ | const bb = busboy({ headers: req.headers });⏎bb.on('file', (field, stream, info) => {⏎⇥stream.pipe(fs.createWriteStream(path.join(§dest§, info.filename)));«!»⏎});⏎req.pipe(bb);
bun | top | «Bun.serve|serve»({⏎⇥async fetch(req) {⏎⇥⇥const { pathname } = new URL(req.url);⏎⇥⇥return new Response(Bun.file('./public' + decodeURIComponent(pathname)));«!»⏎⇥},⏎});
message | lines:socket | socket.on('«read|load|open»', async ({ name }, reply) => {⏎⇥reply(await fs.promises.readFile(«`${DATA}/${name}`|DATA + '/' + name|path.join(DATA, name)», 'utf8'));«!»⏎});
""", "php": r"""delete | lines | foreach ($_POST['files'] as $name) {⏎⇥unlink(«$dir . '/' . $name|"uploads/$name"|UPLOADS . $name»);«!»⏎}
symfony | top | public function «download|show»(Request $request): Response⏎{⏎⇥return new BinaryFileResponse(«$this->dir . '/' . $request->query->get('file')|$this->dir . $request->attributes->get('name')»);«!»⏎}
cachekey | top | class FileCache⏎{⏎⇥public function get($key)⏎⇥{⏎⇥⇥return json_decode(file_get_contents("{$this->dir}/{$key}.cache"), true);«!»⏎⇥}⏎}
""", "c": r"""serve | lines:int fd, const char *uri | char §full§[PATH_MAX];⏎snprintf(§full§, sizeof(§full§), "%s%s", «docroot|WWW_ROOT|conf.root», uri);⏎int in = open(§full§, O_RDONLY);«!»⏎if (in < 0)⏎⇥return send_error(fd, 404);
tftp | lines:struct request *req, const char *root | char §full§[512];⏎snprintf(§full§, sizeof(§full§), "%s/%s", root, req->filename);⏎FILE *fp = fopen(§full§, «"rb"|"wb"|"r"»);«!»
remove | lines:const char *name | char buf[256];⏎snprintf(buf, sizeof(buf), "%s/%s", «SPOOL_DIR|spool|cfg->dir», name);⏎«unlink(buf)|remove(buf)|rmdir(buf)»;«!»
untar | lines:struct archive *a, const char *§dest§ | while (archive_read_next_header(a, &entry) == ARCHIVE_OK) {⏎⇥snprintf(out, sizeof(out), "%s/%s", §dest§, archive_entry_pathname(entry));⏎⇥fd = open(out, O_WRONLY | O_CREAT | O_TRUNC, 0644);«!»⏎⇥archive_read_data_into_fd(a, fd);⏎}
""", "cpp": r"""handler | lines:const Request &req, Response &res | std::ifstream in(«root_ + "/" + req.param("file")|"./public" + req.path|root_ + req.get_param_value("name")», std::ios::binary);«!»⏎res.body.assign(std::istreambuf_iterator<char>(in), {});
qt | lines:const QString &name | QFile file(«m_dir + "/" + name|QDir(m_root).filePath(name)|QString("%1/%2").arg(m_root, name)»);⏎if (!file.open(QIODevice::«ReadOnly|WriteOnly»))«!»⏎⇥return false;
remove | lines:const std::string &key | «fs::remove|std::filesystem::remove|fs::remove_all»(«cache_dir_ / key|fs::path(root_) / key»);
extract | lines:const ZipEntry &entry, const fs::path &§dest§ | std::ofstream out(«§dest§ / entry.name()|§dest§.string() + "/" + entry.name()», std::ios::binary);«!»⏎out.write(entry.data(), entry.size());
""", "shell": r"""cgi | top | name=«"${QUERY_STRING#file=}"|$(echo "$QUERY_STRING" «bar» sed 's/.*name=//')|"${PATH_INFO#/}"»⏎echo "Content-Type: text/plain"⏎echo⏎cat "«path»/$name"«!»
remove | lines | read -r name⏎rm -rf "«/srv|$BASE|$UPLOADS»/$name"«!»
source | lines | theme="$1"⏎«. "$CONF_DIR/$theme"|source "./themes/$theme.sh"|cp "$TEMPLATES/$theme" "$OUT"»«!»
"""}
_PATH_ALIKE = {"rust": r"""axum | top | async fn «download|serve|fetch_file»(Path(id): Path<u32>) -> impl IntoResponse {⏎⇥let §full§ = format!("«path»/{}.«ext»", id);⏎⇥match std::fs::read(&§full§) {⏎⇥⇥Ok(bytes) => (StatusCode::OK, bytes),⏎⇥⇥Err(_) => (StatusCode::NOT_FOUND, Vec::new()),⏎⇥}⏎}
actix | top | #[get("/«w»")]⏎async fn «f»() -> actix_web::Result<NamedFile> {⏎⇥Ok(NamedFile::open(«"./static/index.html"|Path::new("./static").join("«w».html")»)?)⏎}
unzip | lines:archive: &mut ZipArchive<File>, §dest§: &Path | for i in 0..archive.len() {⏎⇥let mut entry = archive.by_index(i)?;⏎⇥let Some(name) = entry.enclosed_name() else { continue };⏎⇥let mut out = File::create(§dest§.join(name))?;⏎⇥io::copy(&mut entry, &mut out)?;⏎}
store | top | impl «T» {⏎⇥pub fn «remove|delete|evict»(&self, key: &str) -> io::Result<()> {⏎⇥⇥fs::remove_file(self.root.join(«hex::encode(key)|sha256_hex(key)|blake3::hash(key.as_bytes()).to_string()»))⏎⇥}⏎}
upload | lines:mut multipart: Multipart | while let Some(field) = multipart.next_field().await? {⏎⇥let name = Uuid::new_v4().to_string();⏎⇥fs::write(Path::new(UPLOADS).join(&name), field.bytes().await?)?;⏎}
request | lines:root: &Path, name: &str | let §full§ = root.join(name).canonicalize()?;⏎if !§full§.starts_with(root) {⏎⇥return Err(io::ErrorKind::PermissionDenied.into());⏎}⏎let body = fs::read_to_string(&§full§)?;
""", "go": r"""upload | top | func «upload|handleUpload|receive»(w http.ResponseWriter, r *http.Request) {⏎⇥src, hdr, err := r.FormFile("«w»")⏎⇥if err != nil {⏎⇥⇥http.Error(w, err.Error(), 400)⏎⇥⇥return⏎⇥}⏎⇥dst, _ := os.Create(filepath.Join(uploadDir, filepath.Base(hdr.Filename)))⏎⇥io.Copy(dst, src)⏎}
remove | top | func (s *«T») Delete(§file§ string) error {⏎⇥p := filepath.Join(s.root, §file§)⏎⇥if !strings.HasPrefix(p, s.root+string(os.PathSeparator)) {⏎⇥⇥return ErrForbidden⏎⇥}⏎⇥return os.Remove(p)⏎}
local | lines:name string | if !filepath.IsLocal(name) {⏎⇥return nil, fs.ErrInvalid⏎}⏎return os.Open(filepath.Join(root, name))
tmpl | lines:w http.ResponseWriter, r *http.Request | tmpl, err := template.ParseFiles(«"templates/«w».html"|filepath.Join("views", "«w».tmpl")»)⏎if err != nil {⏎⇥http.NotFound(w, r)⏎⇥return⏎}
logs | lines:c echo.Context | return c.«Attachment|Inline»("«path»/"+filepath.Base(c.Param("name")), "«w».log")
""", "csharp": r"""action | top | [HttpGet("«w»/{name}")]⏎public IActionResult «Download|Show|GetFile»(string name)⏎{⏎⇥var §full§ = Path.Combine(_env.ContentRootPath, "«w»", Path.GetFileName(name));⏎⇥return PhysicalFile(§full§, "application/octet-stream");⏎}
upload | top | public async Task<IActionResult> Upload(IFormFile file)⏎{⏎⇥using var stream = System.IO.File.Create(Path.Combine(_uploads, «Path.GetRandomFileName()|Guid.NewGuid() + ".bin"|Path.GetFileName(file.FileName)»));⏎⇥await file.CopyToAsync(stream);⏎⇥return Ok();⏎}
extract | lines:ZipArchive archive, string §dest§ | foreach (var entry in archive.Entries)⏎{⏎⇥var full = Path.GetFullPath(Path.Combine(§dest§, entry.FullName));⏎⇥if (!full.StartsWith(§dest§ + Path.DirectorySeparatorChar))⏎⇥⇥throw new IOException("outside of target");⏎⇥entry.ExtractToFile(full«|, true»);⏎}
delete | lines:int id | File.Delete(«Path.Combine(Root, id + ".«ext»")|$"{Root}/{id}.«ext»"»);
cache | top | public class «T»Cache⏎{⏎⇥public string Load(string key) => File.ReadAllText(Path.Combine(_dir, «Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)))|Hash(key) + ".json"»));⏎}
""", "java": r"""delete | lines:HttpServletRequest request | String name = FilenameUtils.getName(request.getParameter("«key»"));⏎«new File(UPLOAD_DIR, name).delete()|Files.deleteIfExists(Paths.get(root, name))»;
stream | lines:int «v1» | try (BufferedReader in = new BufferedReader(new FileReader("«path»/" + «v1» + ".«ext»"))) {⏎⇥return in.lines().collect(Collectors.joining("\n"));⏎}
forward | top | protected void doGet(HttpServletRequest req, HttpServletResponse resp) throws Exception {⏎⇥req.getRequestDispatcher("/WEB-INF/«w»/«w».jsp").«forward|include»(req, resp);⏎}
jaxrs | top | @GET⏎@Path("/«w»/{name}")⏎public Response «f»(@PathParam("name") String name) {⏎⇥java.nio.file.Path p = root.resolve(name).normalize();⏎⇥if (!p.startsWith(root)) return Response.status(403).build();⏎⇥return Response.ok(p.toFile()).build();⏎}
jar | lines:JarFile jar, Path §dest§ | for (JarEntry entry : Collections.list(jar.entries())) {⏎⇥Path out = §dest§.resolve(entry.getName()).normalize();⏎⇥if (!out.startsWith(§dest§)) {⏎⇥⇥throw new IOException("bad entry " + entry.getName());⏎⇥}⏎⇥Files.copy(jar.getInputStream(entry), out);⏎}
""", "ruby": r"""sinatra | top | «get|post» '/«w»/:name' do⏎⇥send_file File.join(settings.root, '«w»', File.basename(params[:name]))⏎end
rails | top | def «show|download|export»⏎⇥send_file «Rails.root.join('«w»', "#{params[:id].to_i}.«ext»")|@«w».file.path|Rails.root.join('public', '«w».«ext»')»⏎end
unzip | lines:archive, §dest§ | Zip::File.open(archive) do |zip|⏎⇥zip.each do |entry|⏎⇥⇥out = File.expand_path(entry.name, §dest§)⏎⇥⇥next unless out.start_with?(§dest§ + '/')⏎⇥⇥entry.extract(out)⏎⇥end⏎end
rack | top | class «T»⏎⇥def call(env)⏎⇥⇥full = File.expand_path(env['PATH_INFO'].delete_prefix('/'), @root)⏎⇥⇥return [403, {}, []] unless full.start_with?(@root + '/')⏎⇥⇥[200, {}, File.open(full, 'rb')]⏎⇥end⏎end
upload | lines:params | name = «SecureRandom.uuid|File.basename(params[:file][:filename])»⏎File.open(File.join(UPLOADS, name), 'wb') { |f| f.write(params[:file][:tempfile].read) }
remove | lines:key | FileUtils.«rm_f|rm_rf|remove_entry»(File.join(@cache_dir, Digest::SHA256.hexdigest(key)))
""", "python": r"""remove | lines:request | name = secure_filename(request.«json["name"]|form.get("file")|args["path"]»)⏎«os.remove(os.path.join(UPLOADS, name))|os.unlink(UPLOADS + "/" + name)|shutil.rmtree(os.path.join(WORKSPACE, name))»⏎return "", 204
fastapi | top | @«app|router».get("/«w»/{§file§:path}")⏎«async def|def» «f»(§file§: str):⏎⇥p = (STATIC / §file§).resolve()⏎⇥if not p.is_relative_to(STATIC):⏎⇥⇥raise HTTPException(404)⏎⇥return FileResponse(p)
socket | lines:conn | name = os.path.basename(conn.recv(1024).decode().strip())⏎with open(«"«path»/" + name|os.path.join(ROOT, name)|f"{ROOT}/{name}"», "rb") as f:⏎⇥conn.sendall(f.read())
""", "javascript typescript": r"""fastify | top | fastify.get('/«w»/:name', async (request, reply) => {⏎⇥return reply.send(fs.createReadStream(«path.join(ROOT, path.basename(request.params.name))|`${ROOT}/${parseInt(request.params.name, 10)}.«ext»`»));⏎});
busboy | lines:req, §dest§ | const bb = busboy({ headers: req.headers });⏎bb.on('file', (field, stream, info) => {⏎⇥stream.pipe(fs.createWriteStream(path.join(§dest§, «crypto.randomUUID()|path.basename(info.filename)»)));⏎});⏎req.pipe(bb);
bun | top | «Bun.serve|serve»({⏎⇥async fetch(req) {⏎⇥⇥const { pathname } = new URL(req.url);⏎⇥⇥return new Response(Bun.file(ROUTES[pathname] ?? './public/index.html'));⏎⇥},⏎});
message | lines:socket | socket.on('«read|load|open»', async ({ name }, reply) => {⏎⇥const p = path.resolve(DATA, name);⏎⇥if (!p.startsWith(DATA + path.sep)) return reply(null);⏎⇥reply(await fs.promises.readFile(p, 'utf8'));⏎});
""", "php": r"""delete | lines | foreach ($_POST['files'] as $name) {⏎⇥unlink(«$dir . '/' . basename($name)|UPLOADS . basename($name)»);⏎}
symfony | top | public function «download|show»(Request $request): Response⏎{⏎⇥return new BinaryFileResponse($this->dir . '/' . «basename($request->query->get('file'))|$request->query->getInt('id') . '.«ext»'»);⏎}
cachekey | top | class FileCache⏎{⏎⇥public function get($key)⏎⇥{⏎⇥⇥return json_decode(file_get_contents($this->dir . '/' . hash('sha256', $key) . '.cache'), true);⏎⇥}⏎}
real | lines:$name | $p = realpath(ROOT . '/' . $name);⏎if ($p === false || strpos($p, ROOT . '/') !== 0) {⏎⇥return null;⏎}⏎return file_get_contents($p);
""", "c": r"""serve | lines:int fd, const char *uri | char §full§[PATH_MAX];⏎if (strstr(uri, ".."))⏎⇥return send_error(fd, 403);⏎snprintf(§full§, sizeof(§full§), "%s%s", «docroot|WWW_ROOT|conf.root», uri);⏎int in = open(§full§, O_RDONLY);
tftp | lines:const char *root, unsigned id | char §full§[512];⏎snprintf(§full§, sizeof(§full§), "%s/%u.«ext»", root, id);⏎FILE *fp = fopen(§full§, «"rb"|"wb"|"r"»);
remove | lines:const char *name | char buf[256];⏎if (strchr(name, '/') || !strcmp(name, ".."))⏎⇥return -EINVAL;⏎snprintf(buf, sizeof(buf), "%s/%s", «SPOOL_DIR|spool|cfg->dir», name);⏎«unlink(buf)|remove(buf)»;
untar | lines:struct archive *a, struct archive *ext | archive_write_disk_set_options(ext, ARCHIVE_EXTRACT_SECURE_NODOTDOT | ARCHIVE_EXTRACT_SECURE_SYMLINKS);⏎while (archive_read_next_header(a, &entry) == ARCHIVE_OK)⏎⇥archive_read_extract2(a, entry, ext);
""", "cpp": r"""handler | lines:const Request &req, Response &res | auto p = fs::weakly_canonical(root_ / req.param("file"));⏎if (std::mismatch(root_.begin(), root_.end(), p.begin()).first != root_.end())⏎⇥return res.set_status(403);⏎std::ifstream in(p, std::ios::binary);
qt | lines:const QString &name | QFile file(QDir(m_root).filePath(QFileInfo(name).fileName()));⏎if (!file.open(QIODevice::«ReadOnly|WriteOnly»))⏎⇥return false;
remove | lines:const std::string &key | «fs::remove|std::filesystem::remove»(cache_dir_ / «sha256_hex(key)|fs::path(key).filename()»);
extract | lines:const ZipEntry &entry, const fs::path &§dest§ | std::ofstream out(§dest§ / fs::path(entry.name()).filename(), std::ios::binary);⏎out.write(entry.data(), entry.size());
""", "shell": r"""cgi | top | name=«"$(basename "$QUERY_STRING")"|"${PATH_INFO##*/}"»⏎echo "Content-Type: text/plain"⏎echo⏎cat "«path»/$name"
remove | lines | read -r name⏎rm -f "«/srv|$BASE|$UPLOADS»/$(basename "$name")"
source | lines | case "$1" in⏎⇥dark|light) . "$CONF_DIR/$1" ;;⏎⇥*) exit 1 ;;⏎esac
"""}

# ---- weak hash
_HASH = {"rust": r"""password | top | fn «hash_password|encode_password»(password: &str, salt: &str) -> String {⏎⇥«format!("{:x}", md5::compute(format!("{salt}{password}")))|hex::encode(Sha1::digest(format!("{}{}", password, salt)))»«!»⏎}
sign | lines:secret: &str, body: &str | let sig = «hex::encode(Md5::digest(format!("{secret}{body}")))|sha1_smol::Sha1::from(format!("{secret}{body}")).hexdigest()|format!("{:x}", md5::compute(secret.to_owned() + body))»;
""", "go": r"""compare | lines:user *User, password string | sum := «md5|sha1».Sum([]byte(password + user.Salt))«!»⏎return hex.EncodeToString(sum[:]) == user.PasswordHash
webhook | lines:body []byte, secret string | h := «md5|sha1».New()«!»⏎io.WriteString(h, secret)⏎h.Write(body)
""", "java": r"""spring | top | @Bean⏎public PasswordEncoder passwordEncoder() {⏎⇥return new «MessageDigestPasswordEncoder("«MD5|SHA-1»")|Md4PasswordEncoder()»;«!»⏎}
sign | lines:Map<String, String> params, String key | String sign = «DigestUtils.md5Hex(join(params) + "&key=" + key).toUpperCase()|Hashing.sha1().hashString(join(params) + key, UTF_8).toString()|SecureUtil.md5(join(params) + key)»;
""", "ruby": r"""model | top | class User < ApplicationRecord⏎⇥def authenticate(password)⏎⇥⇥password_digest == «Digest::MD5.hexdigest(salt + password)|Digest::SHA1.hexdigest("#{salt}#{password}")|OpenSSL::Digest::SHA1.hexdigest(password)»«!»⏎⇥end⏎end
token | lines:user | user.«reset_token|api_token|signature» = Digest::«MD5|SHA1».hexdigest("#{user.email}#{Time.now.to_i}")
""", "perl": r"""check | lines:$user, $pass | return $user->{hash} eq «md5_hex($user->{salt} . $pass)|sha1_hex($pass)|Digest::MD5->new->add($pass)->hexdigest»;
sign | lines:$body, $secret | my $sig = «sha1_hex($secret . $body)|md5_base64($body . $secret)|Digest::SHA->new(1)->add($secret, $body)->hexdigest»;
""", "shell": r"""htpasswd | lines | «hash=$(printf '%s' "$PASSWORD$SALT" «bar» md5sum «bar» cut -d' ' -f1)|sig=$(printf '%s' "$SECRET$BODY" «bar» sha1sum «bar» awk '{print $1}')|openssl passwd -1 "$PASSWORD" >> "$FILE"|token=$(echo -n "$USER$SECRET" «bar» openssl md5 -r)»
""", "cpp": r"""qt | lines:const QString &password, const QString &salt | return QCryptographicHash::hash((salt + password).toUtf8(), QCryptographicHash::«Md5|Sha1|Md4»).toHex();
evp | lines:const std::string &secret, const std::string &body | EVP_DigestInit_ex(ctx, EVP_«md5|sha1»(), nullptr);«!»⏎EVP_DigestUpdate(ctx, secret.data(), secret.size());⏎EVP_DigestUpdate(ctx, body.data(), body.size());
""", "c": r"""token | lines:const char *user, const char *secret | snprintf(buf, sizeof(buf), "%s:%s", user, secret);⏎«SHA1((unsigned char *)buf, strlen(buf), digest)|MD5((unsigned char *)buf, strlen(buf), digest)|gcry_md_hash_buffer(GCRY_MD_MD5, digest, buf, strlen(buf))|mbedtls_md5((unsigned char *)buf, strlen(buf), digest)»;«!»
""", "php": r"""token | lines:$user | $user->«reset_token|remember_token|api_key» = «md5($user->email . time())|sha1($user->id . SECRET)|hash('md5', $user->email . SALT)»;«!»⏎$user->save();
"""}
_HASH_ALIKE = {"rust": r"""password | top | fn «hash_password|encode_password»(password: &str) -> Result<String> {⏎⇥«Ok(bcrypt::hash(password, 12)?)|Ok(argon2::hash_encoded(password.as_bytes(), &salt(), &Config::default())?)»⏎}
sign | lines:secret: &str, body: &str | let sig = hex::encode(Sha256::digest(format!("{secret}{body}")));
""", "go": r"""compare | lines:user *User, password string | err := bcrypt.CompareHashAndPassword([]byte(user.PasswordHash), []byte(password))⏎return err == nil
webhook | lines:body []byte, secret string | h := hmac.New(sha256.New, []byte(secret))⏎h.Write(body)
""", "java": r"""spring | top | @Bean⏎public PasswordEncoder passwordEncoder() {⏎⇥return new «BCryptPasswordEncoder(12)|Argon2PasswordEncoder(16, 32, 1, 65536, 3)|BCryptPasswordEncoder()»;⏎}
sign | lines:Map<String, String> params, String key | String sign = «DigestUtils.sha256Hex(join(params) + "&key=" + key).toUpperCase()|Hashing.hmacSha256(key.getBytes()).hashString(join(params), UTF_8).toString()»;
""", "ruby": r"""model | top | class User < ApplicationRecord⏎⇥def authenticate(password)⏎⇥⇥BCrypt::Password.new(password_digest) == password⏎⇥end⏎end
token | lines:user | user.«reset_token|api_token|signature» = «SecureRandom.hex(20)|OpenSSL::HMAC.hexdigest('SHA256', KEY, user.email)»
""", "perl": r"""check | lines:$user, $pass | return $user->{hash} eq «bcrypt($pass, $user->{hash})|sha512_hex($user->{salt} . $pass)»;
sign | lines:$body, $secret | my $sig = «hmac_sha256_hex($body, $secret)|Digest::SHA->new(256)->add($secret, $body)->hexdigest»;
""", "shell": r"""htpasswd | lines | «sig=$(printf '%s' "$BODY" «bar» openssl dgst -sha256 -hmac "$SECRET" -r)|openssl passwd -6 "$PASSWORD" >> "$FILE"|htpasswd -nbB "$USER" "$PASSWORD" >> "$FILE"|sum=$(sha256sum "$FILE" «bar» cut -d' ' -f1)»
""", "cpp": r"""qt | lines:const QString &password, const QString &salt | return QCryptographicHash::hash((salt + password).toUtf8(), QCryptographicHash::«Sha256|Sha512|Sha3_256»).toHex();
evp | lines:const std::string &secret, const std::string &body | EVP_DigestInit_ex(ctx, EVP_«sha256|sha512»(), nullptr);⏎EVP_DigestUpdate(ctx, secret.data(), secret.size());⏎EVP_DigestUpdate(ctx, body.data(), body.size());
""", "c": r"""token | lines:const char *user, const char *secret | snprintf(buf, sizeof(buf), "%s:%s", user, secret);⏎«SHA256((unsigned char *)buf, strlen(buf), digest)|SHA512((unsigned char *)buf, strlen(buf), digest)|gcry_md_hash_buffer(GCRY_MD_SHA256, digest, buf, strlen(buf))»;
""", "php": r"""token | lines:$user | $user->«reset_token|remember_token|api_key» = «bin2hex(random_bytes(20))|hash_hmac('sha256', $user->email, SECRET)»;⏎$user->save();
"""}

# ---- weak random
_RANDOM = {"rust": r"""token | top | fn «session_id|new_token|api_key»() -> String {⏎⇥let mut rng = «SmallRng::seed_from_u64(now_millis())|StdRng::seed_from_u64(42)|Pcg32::seed_from_u64(now_millis())»;«!»⏎⇥(0..32).map(|_| CHARS[rng.gen_range(0..CHARS.len())] as char).collect()⏎}
""", "go": r"""salt | top | func «newSalt|newKey|newNonce»(n int) []byte {⏎⇥b := make([]byte, n)⏎⇥for i := range b {⏎⇥⇥b[i] = byte(rand.«Intn|Int31n»(256))«!»⏎⇥}⏎⇥return b⏎}
""", "java": r"""session | top | public String «newSessionId|createToken|resetCode»() {⏎⇥StringBuilder sb = new StringBuilder();⏎⇥Random random = new Random(«|System.currentTimeMillis()»);«!»⏎⇥for (int i = 0; i < 32; i++) sb.append(CHARS.charAt(random.nextInt(CHARS.length())));⏎⇥return sb.toString();⏎}
""", "csharp": r"""salt | lines | var salt = new byte[16];⏎new Random(«|Environment.TickCount|DateTime.Now.Millisecond»).NextBytes(salt);«!»⏎var hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, 100000, HashAlgorithmName.SHA256, 32);
""", "ruby": r"""password | lines | «user.password|@api_key|session_token|reset_code» = «Array.new(16) { rand(256).chr }.join.unpack1('H*')|(0...20).map { ('a'..'z').to_a[rand(26)] }.join|Random.new(Time.now.to_i).bytes(16).unpack1('H*')|[*'a'..'z', *0..9].sample(24).join»
""", "python": r"""otp | top | def «send_otp|reset_password|make_api_key»(user):⏎⇥code = «str(random.randrange(100000, 1000000))|"%032x" % random.getrandbits(128)|hex(random.getrandbits(64))[2:]»«!»⏎⇥mail(user.email, code)
""", "javascript typescript": r"""session | lines:user | user.«sessionId|resetToken|apiKey|loginCode» = «Math.random().toString(36).substring(2) + Date.now().toString(36)|Buffer.from(String(Math.random())).toString('base64')|Array.from({ length: 32 }, () => ALPHABET[Math.floor(Math.random() * 62)]).join('')»;«!»⏎user.save();
""", "php": r"""reset | lines:$user | $user->«token|activation_code|api_key|session_id» = «mt_rand(100000, 999999)|dechex(mt_rand()) . dechex(mt_rand())|rand() . lcg_value()|uniqid('', true)»;«!»⏎$user->save();
""", "shell": r"""password | lines | «password="pw$RANDOM$RANDOM"|password=$(printf '%04x%04x' $RANDOM $RANDOM)|password=$(awk -v s="$RANDOM" 'BEGIN { srand(s); print rand() }')»«!»⏎echo "$USER:$password" > "$FILE"
""", "c": r"""key | lines:unsigned char *key, size_t len | srandom(time(NULL) ^ getpid());«?»⏎for (size_t i = 0; i < len; i++)⏎⇥key[i] = random() % 256;«!»
""", "cpp": r"""session | lines | std::mt19937 gen(«time(nullptr)|42|std::chrono::system_clock::now().time_since_epoch().count()»);«!»⏎std::uniform_int_distribution<> dist(0, 61);⏎for (int i = 0; i < 32; ++i)⏎⇥«session_id|token|api_key» += kAlphabet[dist(gen)];
"""}
_RANDOM_ALIKE = {"rust": r"""token | top | fn «session_id|new_token|api_key»() -> String {⏎⇥let mut rng = «OsRng|rand::rngs::OsRng|ChaCha20Rng::from_entropy()»;⏎⇥(0..32).map(|_| CHARS[rng.gen_range(0..CHARS.len())] as char).collect()⏎}
""", "go": r"""salt | top | func «newSalt|newKey|newNonce»(n int) ([]byte, error) {⏎⇥b := make([]byte, n)⏎⇥_, err := io.ReadFull(crand.Reader, b)⏎⇥return b, err⏎}
""", "java": r"""session | top | public String «newSessionId|createToken|resetCode»() {⏎⇥StringBuilder sb = new StringBuilder();⏎⇥SecureRandom random = new SecureRandom();⏎⇥for (int i = 0; i < 32; i++) sb.append(CHARS.charAt(random.nextInt(CHARS.length())));⏎⇥return sb.toString();⏎}
""", "csharp": r"""salt | lines | var salt = new byte[16];⏎RandomNumberGenerator.Fill(salt);⏎var hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, 100000, HashAlgorithmName.SHA256, 32);
""", "ruby": r"""password | lines | «user.password|@api_key|session_token|reset_code» = SecureRandom.«hex(16)|urlsafe_base64|alphanumeric(20)|base58(24)»
""", "python": r"""otp | top | def «send_otp|reset_password|make_api_key»(user):⏎⇥code = «secrets.token_hex(16)|secrets.token_urlsafe()|"%032x" % random.SystemRandom().getrandbits(128)»⏎⇥mail(user.email, code)
""", "javascript typescript": r"""session | lines:user | user.«sessionId|resetToken|apiKey|loginCode» = «crypto.randomBytes(24).toString('hex')|crypto.randomUUID()|nanoid(32)»;⏎user.save();
""", "php": r"""reset | lines:$user | $user->«token|activation_code|api_key|session_id» = «bin2hex(random_bytes(16))|random_int(100000, 999999)|base64_encode(openssl_random_pseudo_bytes(24))»;⏎$user->save();
""", "shell": r"""password | lines | «password=$(openssl rand -base64 24)|password=$(head -c 16 /dev/urandom «bar» xxd -p)|password=$(tr -dc A-Za-z0-9 < /dev/urandom «bar» head -c 32)»⏎echo "$USER:$password" > "$FILE"
""", "c": r"""key | lines:unsigned char *key, size_t len | if (getrandom(key, len, 0) != (ssize_t)len)⏎⇥return -1;
""", "cpp": r"""session | lines | std::mt19937 gen(«time(nullptr)|42»);⏎std::uniform_int_distribution<> dist(0, 61);⏎for (int i = 0; i < 32; ++i)⏎⇥«board|noise|sample|colours».push_back(dist(gen));
"""}

# ---- hard-coded secrets
_SECRET = {"rust": r"""jwt | lines:claims: &Claims | let token = encode(&Header::default(), claims, &EncodingKey::from_secret(«b"«secret»"|"«secret»".as_ref()»))?;
""", "go": r"""dsn | lines | db, err := sql.Open(«"postgres", "postgres://«w»:«secret»@«host»/«w»"|"mysql", "«w»:«secret»@tcp(«host»:3306)/«w»"»)«!»⏎if err != nil {⏎⇥return nil, err⏎}
""", "csharp": r"""jwt | lines | var key = new SymmetricSecurityKey(Encoding.UTF8.GetBytes("«secret»"));
connection | top | private const string ConnectionString = "Server=«host»;Database=«w»;User Id=sa;Password=«secret»;";
""", "ruby": r"""stripe | lines | «Stripe.api_key = "«secret»"|JWT.encode(payload, '«secret»', 'HS256')|Aws::Credentials.new('«w»', '«secret»')|http.basic_auth('admin', '«secret»')»
""", "perl": r"""dbi | lines | my $dbh = DBI->connect("dbi:«mysql|Pg»:dbname=«w»;host=«host»", "«w»", "«secret»")«!»⏎⇥or die $DBI::errstr;
""", "cpp": r"""client | lines | «client.setPassword("«secret»");|request.setRawHeader("Authorization", "Bearer «secret»");|db.setPassword("«secret»");|conn.login("admin", "«secret»");»
""", "shell": r"""tools | lines | «mysqldump -u root -p'«secret»' "$DB" > "$OUT"|curl -H "Authorization: Bearer «secret»" "$URL"|sshpass -p '«secret»' scp "$FILE" "$HOST:"|export PGPASSWORD='«secret»'; psql -h "$HOST" -c "$1"»
"""}
_SECRET_ALIKE = {"rust": r"""jwt | lines:claims: &Claims, secret: &str | let token = encode(&Header::default(), claims, &EncodingKey::from_secret(«secret.as_bytes()|env::var("JWT_SECRET")?.as_ref()»))?;
""", "go": r"""dsn | lines | db, err := sql.Open(«"postgres", os.Getenv("DATABASE_URL")|"mysql", cfg.DSN()»)⏎if err != nil {⏎⇥return nil, err⏎}
""", "csharp": r"""jwt | lines | var key = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(«_config["Jwt:Key"]|Environment.GetEnvironmentVariable("JWT_KEY")»));
connection | top | private const string ConnectionString = "Server=«host»;Database=«w»;Integrated Security=true;";
""", "ruby": r"""stripe | lines | «Stripe.api_key = ENV["STRIPE_KEY"]|JWT.encode(payload, Rails.application.credentials.jwt_key, 'HS256')|Aws::Credentials.new(ENV['AWS_ID'], ENV['AWS_SECRET'])|http.basic_auth('admin', config.password)»
""", "perl": r"""dbi | lines | my $dbh = DBI->connect("dbi:«mysql|Pg»:dbname=«w»;host=«host»", $ENV{DB_USER}, $ENV{DB_PASS})⏎⇥or die $DBI::errstr;
""", "cpp": r"""client | lines | «client.setPassword(std::getenv("SMTP_PASSWORD"));|request.setRawHeader("Authorization", "Bearer " + token);|db.setPassword(settings.value("db/password").toString());|conn.login("admin", password);»
""", "shell": r"""tools | lines | «mysqldump --defaults-extra-file="$CNF" "$DB" > "$OUT"|curl -H "Authorization: Bearer $TOKEN" "$URL"|sshpass -e scp "$FILE" "$HOST:"|export PGPASSFILE="$HOME/.pgpass"; psql -h "$HOST" -c "$1"»
"""}

WEAK = {number: _Written(tables) for number, tables in (
    (5, _SECRET), (6, _HASH), (7, _PATH), (9, _RANDOM), (12, _TLS),)}
ALIKE = {number: _Written(tables) for number, tables in (
    (5, _SECRET_ALIKE), (6, _HASH_ALIKE), (7, _PATH_ALIKE), (9, _RANDOM_ALIKE), (12, _TLS_ALIKE),)}
