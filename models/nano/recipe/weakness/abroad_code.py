# SPDX-License-Identifier: Apache-2.0
"""Code evaluation, SQL and commands in the languages in which tables seldom show them: the same mistakes by each language's own calls,
each weak row with a harmless twin of the same shape. Training only; rows as in natural.py."""
from .servers import _Written

# ---- code evaluation
_EVAL = {"csharp": r"""script | lines:string §val§ | var «v1» = «await CSharpScript.EvaluateAsync<«double|object|bool»>(§val§, «options|ScriptOptions.Default»)|CSharpScript.EvaluateAsync(§val§).Result|await CSharpScript.RunAsync(§val§, globals: this)»;
action | top | [HttpPost("«w»")]⏎public async Task<IActionResult> «F»([FromBody] «P»Request request)⏎{⏎⇥var state = await CSharpScript.«RunAsync|EvaluateAsync»(request.«Code|Script|Expression|Formula»);«!»⏎⇥return Ok(state);⏎}
codedom | lines:string source | «using (var provider = new CSharpCodeProvider())⏎{⏎⇥var parameters = new CompilerParameters { GenerateInMemory = true };⏎⇥var results = provider.CompileAssemblyFromSource(parameters, source);«!»⏎⇥return results.CompiledAssembly;⏎}|var provider = CodeDomProvider.CreateProvider("CSharp");⏎var results = provider.CompileAssemblyFromSource(options, "class R { public object Run() { " + source + " } }");«!»»
compute | lines:HttpRequest request | var table = new DataTable();⏎return «Convert.ToDouble(table.Compute(request.Query["«key»"], «null|string.Empty»))|table.Compute(request.Form["«key»"], "").ToString()»;«!»
expresso | lines:string «v1» | var interpreter = new Interpreter(«|InterpreterOptions.Default»)«|.Reference(typeof(«P»))»;⏎interpreter.SetVariable("«w»", «v2»);⏎return interpreter.«Eval(«v1»)|Eval<bool>(«v1»)|Parse(«v1»).Invoke()»;«!»
jint | top | public class «T»Runner⏎{⏎⇥public JsValue Run(string script, object context)⏎⇥{⏎⇥⇥return new Engine(«|cfg => cfg.AllowClr()»)⏎⇥⇥⇥.SetValue("«w»", context)⏎⇥⇥⇥.«Evaluate|Execute»(script);«!»⏎⇥}⏎}
assembly | lines:NetworkStream stream, int length | var bytes = new byte[length];⏎stream.Read(bytes, 0, length);⏎«var asm = Assembly.Load(bytes);«!»⏎asm.EntryPoint.Invoke(null, null);|Assembly.Load(bytes).GetType("«P»").GetMethod("Run").Invoke(null, null);«!»»
activator | lines:HttpContext context | var typeName = context.Request.«Query["«key»"]|Headers["X-«P»"]|Form["type"]»;⏎var «v1» = «Activator.CreateInstance(Type.GetType(typeName))|(I«P»)Activator.CreateInstance(Type.GetType(typeName, true))»;«!»
python | lines:string code | var engine = Python.CreateEngine();⏎var scope = engine.CreateScope();⏎«engine.Execute(code, scope);|engine.CreateScriptSourceFromString(code).Execute(scope);»«!»
razor | lines:string «v1», object model | return «Engine.Razor.RunCompile(«v1», Guid.NewGuid().ToString(), null, model)|RazorEngine.Razor.Parse(«v1», model)|await razor.CompileRenderStringAsync("«w»", «v1», model)»;
dynlinq | lines:IQueryable<«P»> query, string filter | var lambda = «DynamicExpressionParser.ParseLambda(typeof(«P»), typeof(bool), filter)|DynamicExpressionParser.ParseLambda<«P», bool>(config, true, filter)»;«!»⏎return query.Where(lambda);
""", "java": r"""engine | lines:HttpServletRequest request | ScriptEngine engine = new ScriptEngineManager().«getEngineByName("«js|nashorn|groovy|python»")|getEngineByExtension("js")»;⏎Object «v1» = engine.eval(«request.getParameter("«key»")|request.getReader()|"var r = " + request.getHeader("«key»")»);«!»
groovy | lines:String §val§ | «Object «v1» = new GroovyShell(binding).evaluate(§val§)|Class<?> «v1» = new GroovyClassLoader().parseClass(§val§)|Object «v1» = Eval.me(§val§)|Script «v1» = new GroovyShell().parse(§val§)»;
mvel | lines:String rule, Map<String, Object> vars | Serializable compiled = MVEL.compileExpression(rule);«!»⏎return MVEL.executeExpression(compiled, vars);
spel | top | public boolean «matches|isAllowed|test»(String condition, «P» root) {⏎⇥StandardEvaluationContext ctx = new StandardEvaluationContext(root);⏎⇥return parser.parseExpression(condition).getValue(ctx, Boolean.class);«!»⏎}
spelloop | lines:Map<String, String> params | SpelExpressionParser parser = new SpelExpressionParser();⏎for (Map.Entry<String, String> e : params.entrySet()) {⏎⇥«Object value = parser.parseExpression(e.getValue()).getValue()|Expression exp = parser.parseExpression(e.getValue())»;«!»⏎}
velocity | lines:HttpServletRequest req, VelocityContext ctx | StringWriter out = new StringWriter();⏎«Velocity|engine|velocityEngine».evaluate(ctx, out, "«w»", req.getParameter("«key»"));«!»
freemarker | top | @PostMapping("/«w»/preview")⏎public String preview(@RequestBody String body) throws Exception {⏎⇥Template template = new Template("«w»", new StringReader(body), cfg);«!»⏎⇥return FreeMarkerTemplateUtils.processTemplateIntoString(template, model);⏎}
jexl | lines:String «v1», JexlContext ctx | «JexlScript script = jexl.createScript(«v1»);«!»⏎return script.execute(ctx);|return new JexlBuilder().create().createExpression(«v1»).evaluate(ctx);«!»»
ognl | lines:String name, Object root, Object value | «Ognl.setValue(name, root, value)|Object tree = Ognl.parseExpression(name)|Object found = Ognl.getValue(name, root)»;
bsh | lines:Socket socket | BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream()));⏎String line;⏎while ((line = in.readLine()) != null) {⏎⇥«interpreter|bsh».eval(line);«!»⏎}
rhino | lines:String script | Context cx = Context.enter();⏎try {⏎⇥Scriptable scope = cx.initStandardObjects();⏎⇥return cx.evaluateString(scope, script, "«w»", 1, null);«!»⏎} finally {⏎⇥Context.exit();⏎}
polyglot | lines:String «v1» | try (Context context = Context.newBuilder(LANGUAGE).allowAllAccess(true).build()) {⏎⇥return context.eval(«Source.create(LANGUAGE, «v1»)|LANGUAGE, «v1»»).asString();«!»⏎}
loader | lines:String «v1», String name | URLClassLoader loader = new URLClassLoader(new URL[] { new URL(«v1») });«?»⏎Class<?> cls = loader.loadClass(name);«!»⏎return cls.newInstance();
""", "go": r"""otto | top | func «f»(w http.ResponseWriter, r *http.Request) {⏎⇥vm := otto.New()⏎⇥value, err := vm.«Run|Eval»(r.«FormValue("«key»")|URL.Query().Get("«key»")»)«!»⏎⇥if err != nil {⏎⇥⇥http.Error(w, err.Error(), 400)⏎⇥⇥return⏎⇥}⏎⇥fmt.Fprintln(w, value)⏎}
goja | lines:r *http.Request | body, err := «io|ioutil».ReadAll(r.Body)⏎if err != nil {⏎⇥return nil, err⏎}⏎vm := goja.New()⏎«vm.Set("«w»", «v2»)⏎|»return vm.«RunString(string(body))|RunScript("«w».js", string(body))»«!»
yaegi | lines:src string | i := interp.New(interp.Options{})⏎i.Use(stdlib.Symbols)⏎«if _, err := i.Eval(src); err != nil {|v, err := i.EvalWithContext(ctx, src)⏎if err != nil {»«!»⏎⇥return err⏎}
lua | lines:msgs <-chan *redis.Message | L := lua.NewState()⏎defer L.Close()⏎for msg := range msgs {⏎⇥if err := L.DoString(msg.Payload); err != nil {«!»⏎⇥⇥log.Print(err)⏎⇥}⏎}
luarule | lines:rule string, L *lua.LState | «if err := L.DoString("return " + rule); err != nil {|fn, err := L.LoadString(rule)⏎if err != nil {|if err := L.DoString(fmt.Sprintf("result = %s", rule)); err != nil {»«!»⏎⇥return err⏎}
plugin | lines:r *http.Request | p, err := plugin.Open(«filepath.Join(pluginDir, r.FormValue("«key»"))|r.URL.Query().Get("«w»") + ".so"»)«!»⏎if err != nil {⏎⇥return err⏎}⏎run, err := p.Lookup("Run")
starlark | top | func (s *«T») Eval(ctx context.Context, req *pb.EvalRequest) (*pb.EvalReply, error) {⏎⇥thread := &starlark.Thread{Name: "«w»"}⏎⇥globals, err := starlark.ExecFile(thread, "«w».star", req.«Source|Code|Script», s.env)«!»⏎⇥return &pb.EvalReply{Value: globals.String()}, err⏎}
v8 | lines:§val§ string | ctx := v8go.NewContext()⏎«val|res|out», err := ctx.RunScript(§val§, "«w».js")«!»
anko | lines:conn net.Conn | scanner := bufio.NewScanner(conn)⏎for scanner.Scan() {⏎⇥out, err := «vm.Execute(env, nil, scanner.Text())|js.Run(scanner.Text())|interpreter.Eval(scanner.Text())»«!»⏎⇥fmt.Fprintln(conn, out, err)⏎}
""", "rust": r"""rhai | lines:§val§: &str | let engine = Engine::new();⏎let «v1» = engine.«eval::<«i64|f64|Dynamic|bool»>(§val§)|eval_expression::<«i64|f64»>(§val§)|eval_with_scope::<bool>(&mut scope, §val§)»?;«!»
rhaihttp | top | async fn «f»(State(engine): State<Arc<Engine>>, body: String) -> impl IntoResponse {⏎⇥match engine.eval::<Dynamic>(&body) {«!»⏎⇥⇥Ok(value) => value.to_string(),⏎⇥⇥Err(err) => err.to_string(),⏎⇥}⏎}
mlua | lines:lua: &Lua, source: &str | «lua.load(source).exec()?;|let value: Value = lua.load(source).eval()?;|lua.load(&format!("return {}", source)).eval::<f64>()?;|let chunk = lua.load(source).set_name("«w»").into_function()?;»
mluasock | lines:stream: TcpStream | let lua = Lua::new();⏎for line in BufReader::new(stream).lines() {⏎⇥«lua.load(&line?).exec()?|lua.load(line?.trim()).exec()?»;«!»⏎}
boa | lines:§val§: String | let mut context = Context::default();⏎let result = context.eval(«Source::from_bytes(&§val§)|&§val§|§val§.as_bytes()»).unwrap();«!»
pyo | lines:code: &str | Python::with_gil(|py| {⏎⇥«py.run(code, None, None)?;|let value = py.eval(code, None, Some(locals))?;|PyModule::from_code(py, code, "«w».py", "«w»")?;»«!»⏎⇥Ok(())⏎})
libload | lines | let path = «std::env::args().nth(1).unwrap()|std::env::var("«C»_PLUGIN")?»;⏎let lib = unsafe { «Library|libloading::Library»::new(&path)? };«!»⏎let run: Symbol<unsafe extern fn()> = unsafe { lib.get(b"run")? };
quick | lines:script: String | let rt = rquickjs::Runtime::new()?;⏎let ctx = rquickjs::Context::full(&rt)?;⏎ctx.with(|ctx| ctx.eval::<«String|i32|()», _>(script));«!»
""", "ruby": r"""params | top | class «T»Controller < ApplicationController⏎⇥def «run|calculate|preview»⏎⇥⇥@result = «eval(params[:«snake1»])|instance_eval(params[:«snake1»])|binding.eval(params[:«snake1»])|eval("#{params[:«snake1»]} * 1.0")»«!»⏎⇥end⏎end
send | lines:params | «@«w»|record|current_user|«v1»».«send|public_send|__send__»(params[:«action|method|op|field»]«|, params[:value]|, *params[:args]»)
constantize | lines:params | klass = params[:«type|class|model»]«.classify|.camelize|.capitalize|».constantize«!»⏎«klass.new(params[:attributes])|klass.find(params[:id])»
constget | lines:request | «handler|job|klass» = Object.const_get(request«["type"]|.params["«w»"]|.env["HTTP_X_«C»"]»)«.new|»«!»⏎«handler|job|klass».call
erb | lines:params, model | «template = ERB.new(params[:body])«!»⏎template.result(binding)|ERB.new(params[:template], trim_mode: "-").result_with_hash(model: model)«!»|Haml::Engine.new(params[:source]).render(self)«!»|render inline: params[:template]«!»»
classeval | lines:name, body | «@target|self.class|klass|Object».class_eval <<-RUBY, __FILE__, __LINE__ + 1«!»⏎⇥def #{name}⏎⇥⇥#{body}⏎⇥end⏎RUBY
server | lines:port | server = TCPServer.new(port)⏎loop do⏎⇥client = server.accept⏎⇥while (line = client.gets)⏎⇥⇥client.puts «eval(line).inspect|eval(line, TOPLEVEL_BINDING)|instance_eval(line.chomp)»«!»⏎⇥end⏎end
rules | lines:rules | rules.«map|each|select» do |rule|⏎⇥«eval "->(«w») { #{rule} }"|instance_eval("#{rule} ? 1 : 0")|Proc.new { eval(rule) }.call»«!»⏎end
sinatra | top | post "/«w»" do⏎⇥source = «request.body.read|params["code"]»⏎⇥«Kernel.eval(source).to_s|eval(source, binding, "«w».rb").to_json|RubyVM::InstructionSequence.compile(source).eval.to_s»«!»⏎end
""", "perl": r"""cgi | lines | my $q = CGI->new;⏎my $«v1» = $q->param('«key»');⏎my $result = eval «$«v1»|"$«v1»"|"return $«v1»;"»;«!»⏎print $q->header, $result;
sub | lines:$rule | $self->{code} = eval «"sub { $rule }"|"sub { my \$_ = shift; $rule }"|'sub { ' . $rule . ' }'»;«!»⏎die "bad rule: $@" if $@;
ee | lines:$text, $code | «$text =~ s/\{(\w+)\}/$code/gee;|$text =~ s/<%(.*?)%>/$1/gee;|$text =~ s/\[\[(.+?)\]\]/eval $1/ge;»«!»⏎return $text . "\n";
dofile | lines | my $file = «$q->param('«w»')|$ENV{QUERY_STRING}|shift @ARGV»;⏎my $config = do «$file|"./$file"|"$ENV{HOME}/$file"»;«!»
require | lines:$name | «require "«T»/$name.pm"|eval "require «T»::Plugin::$name"|eval "use $name; 1"»;«!»⏎return "«T»::Plugin::$name"->new;
symref | lines | my $«v1» = $cgi->param('«key»');⏎no strict 'refs';⏎«&$«v1»(@_);|$self->$«v1»($cgi);|&{"main::$«v1»"}();»«!»
socket | lines | while (my $line = <$«client|sock|fh»>) {⏎⇥chomp $line;⏎⇥«my $out = eval $line|print {$client} eval($line), "\n"|my @res = eval "($line)"»;«!»⏎}
mojo | top | post '/«w»' => sub {⏎⇥my $c = shift;⏎⇥«my $value = eval $c->param('expr')|my $value = eval($c->req->body)»;«!»⏎⇥$c->render(json => { value => $value });⏎};
""", "php": r"""formula | lines:array $row | $formula = $_«POST|REQUEST»['«key»'];⏎«eval('$value = ' . $formula . ';');|$value = eval("return ($formula);");|$fn = create_function('$row', "return $formula;");»«!»
callback | lines:array $«v1» | «return array_map($_GET['«key»'], $«v1»)|usort($«v1», $_REQUEST['«key»'])|return call_user_func($_POST['«key»'], $«v1»)|array_walk($«v1», $_GET['callback'])|return array_filter($«v1», $_GET['«key»'])»;
varfunc | lines | $func = $_«GET|POST|REQUEST»['«action|func|do|cmd»'];⏎«$func();|echo $func($_GET['arg']);|$this->$func();|$result = (new «T»)->$func($_POST);»«!»
newclass | lines | $class = «$_GET['«key»']|ucfirst($_REQUEST['module']) . 'Controller'|$_POST['handler']»;⏎$«w1» = new $class(«|$this->db|$config»);«!»⏎$«w1»->run();
method | top | public function dispatch(Request $request)⏎{⏎⇥return «call_user_func_array([$this, $request->get('method')], $request->get('args'))|$this->{$request->query->get('action')}($request)|(new \ReflectionMethod($this, $request->input('m')))->invoke($this)»;«!»⏎}
twig | lines:$twig, array $vars | «return $twig->createTemplate($_POST['«key»'])->render($vars);|return $smarty->fetch('string:' . $_POST['template']);|return Blade::render(request('body'), $vars);|return $twig->render($twig->createTemplate($_REQUEST['tpl']), $vars);»
language | lines:$request | $language = new ExpressionLanguage();⏎return $language->evaluate(«$request->get('«key»')|$request->request->get('rule')», ['«w»' => $this]);«!»
assert | lines:$input | «assert($input)|assert("is_numeric($input)")|assert('$input > ' . $_GET['min'])»;«!»⏎return $this->«camel»;
decode | lines | if (isset($_COOKIE['«w1»'])) {⏎⇥«eval(base64_decode($_COOKIE['«w1»']))|@eval(gzinflate(base64_decode($_COOKIE['«w1»'])))|eval('?>' . urldecode($_COOKIE['«w1»']))»;«!»⏎}
""", "python": r"""console | lines:conn | shell = code.InteractiveConsole(locals={"«w»": «v1»})⏎for line in conn.makefile():⏎⇥«shell.push(line)|exec(line, shell.locals)»«!»
frame | lines:request, df | «mask|rows|result» = «df.query(request.args["filter"])|df.eval(request.GET["expr"])|pd.eval(request.args.get("«key»"), local_dict=dict(df=df))|numexpr.evaluate(request.form["«key»"])»«!»⏎return df.to_json()
sympy | lines:text | return «sympy.sympify(text)|parse_expr(text).evalf()|sympify(text).subs(x, «n»)|sympy.lambdify(x, text)»
jinja | top | @«app|bp».route("/preview", methods=["POST"])⏎def preview():⏎⇥return «Template(request.form["body"]).render(user=current_user)|env.from_string(request.json["template"]).render()|mako.template.Template(request.data).render()»«!»
dispatch | lines:self, request | «v1» = request.«POST["«key»"]|args["action"]|json["method"]»⏎return «getattr(self, «v1»)()|getattr(sys.modules["os"], «v1»)()|globals()[«v1»](request)»«!»
config | lines:path | parser = configparser.ConfigParser()⏎parser.read(path)⏎return {key: eval(value) for key, value in parser.items("«w»")}«!»
lambda | lines:expression | func = «eval("lambda x: " + expression)|eval(f"lambda row: {expression}", {"math": math})|eval("lambda *args: %s" % expression, ns)»«!»⏎return sorted(«v1», key=func)
stdin | top | if __name__ == "__main__":⏎⇥«print(eval(sys.argv[1]))|exec(sys.stdin.read())|for line in fileinput.input():⏎⇥⇥print(eval(line))|a, b = map(eval, input().split())»«!»
""", "javascript": r"""lodash | lines:req, res | res.send(«_.template(req.body.template)(«v1»)|ejs.render(req.body.«w», «v1»)|pug.compile(req.query.tpl)(«v1»)|nunjucks.renderString(req.body.tpl, «v1»)|doT.template(req.body.view)(«v1»)|pug.render(req.body.source)»);
rule | lines:rule, rows | const fn = new Function('row', «'return ' + rule|`return (${rule});`|`with (row) { return ${rule}; }`»);«!»⏎return rows.filter(fn);
socket | lines:ws | ws.on('message', (msg) => {⏎⇥«const result = eval(msg.toString())|ws.send(String(eval(JSON.parse(msg).code)))|const result = vm.runInNewContext(msg, sandbox, { timeout: 1000 })|new Function(msg)()»;«!»⏎});
message | top | window.addEventListener('message', «function (event) {|(event) => {|async (event) => {»⏎⇥«eval(event.data)|(0, eval)(event.data.script)|Function('return ' + event.data.expr)()|import(event.data.module)|setTimeout(event.data.cb, 0)»;«!»⏎});
timer | lines | const «v1» = «location.hash.slice(1)|new URLSearchParams(location.search).get('«w»')|document.forms[0].«w».value»;⏎«setTimeout("show('" + «v1» + "')", «n»)|setInterval('«camel»(' + «v1» + ')', 1000)|$.globalEval(«v1»)|window.execScript(«v1»)»;«!»
module | top | app.get('/«w»/:name', async (req, res) => {⏎⇥const mod = await import(«req.query.from|req.headers['x-module']|`${req.query.base}/${req.params.name}.mjs`»);«!»⏎⇥res.json(await mod.default(req.body));⏎});
script | lines:url | fetch(url).then((r) => r.text()).then((code) => {⏎⇥const el = document.createElement('script');⏎⇥el.text = code;«!»⏎⇥document.head.appendChild(el);⏎});
async | lines:req | const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;⏎const run = new AsyncFunction('ctx', req.«body.code|body|query.script»);«!»⏎return run(this);
""", "shell": r"""source | lines | conf="«$1|$QUERY_STRING|/tmp/$USER.conf»"⏎if [ -f "$conf" ]; then⏎⇥«. "$conf"|source "$conf"»«!»⏎fi
trap | lines | handler=$1⏎trap "$handler" «EXIT|INT TERM|ERR|0»«!»
let | lines | read -r -p "«Prose»: " «v1»⏎«let "total = $«v1» * «n»"|echo $(( «v1» + «n» ))|(( total += «v1» ))|printf '%s\n' "$(( ${«v1»} % «n» ))"»«!»
heredoc | top | python«|3» - <<EOF«!»⏎import «json|math»⏎print(«$1|json.dumps("$1")|math.sqrt($2)»)«?»⏎EOF
interp | lines | for «v1» in "$@"; do⏎⇥«ruby -e "puts $«v1»"|perl -le "print $«v1»"|node -p "$«v1»"|python3 -c "print($«v1»)"|awk "BEGIN { print $«v1» }"»«!»⏎done
stdin | lines | body=$(head -c "$CONTENT_LENGTH")⏎«eval "$body"|source /dev/stdin <<< "$body"|. <(printf '%s\n' "$body")|perl -e "$body"»«!»
""", "c cpp": r"""lua | lines:lua_State *L, int fd | char buf[«256|1024|4096»];⏎ssize_t n = «read(fd, buf, sizeof(buf) - 1)|recv(fd, buf, sizeof(buf) - 1, 0)»;⏎buf[n] = 0;⏎«if (luaL_dostring(L, buf)) {|if (luaL_loadstring(L, buf) != 0) {»«!»⏎⇥return -1;⏎}
luabuf | lines:lua_State *L, const char *§val§, size_t len | if (luaL_loadbuffer(L, §val§, len, "«w»") != «0|LUA_OK»)«!»⏎⇥return lua_error(L);
python | lines:const char *«v1» | Py_Initialize();⏎«PyRun_SimpleString(«v1»)|PyObject *obj = PyRun_String(«v1», Py_file_input, globals, globals)|PyRun_SimpleStringFlags(«v1», NULL)»;«!»⏎Py_Finalize();
duk | lines:duk_context *ctx, const char *body | if («duk_peval_string(ctx, body)|duk_peval_lstring(ctx, body, strlen(body))|duk_pcompile_string(ctx, 0, body)» != 0)«!»⏎⇥fprintf(stderr, "%s\n", duk_safe_to_string(ctx, -1));
dlopen | top | int main(int argc, char **argv)⏎{⏎⇥void *handle = dlopen(«argv[1]|getenv("«C»_MODULE")», RTLD_«NOW|LAZY»);«!»⏎⇥void (*run)(void) = dlsym(handle, "run");⏎⇥run();⏎}
tcl | lines:Tcl_Interp *interp, FILE *in | char line[«512|1024»];⏎while (fgets(line, sizeof(line), in)) {⏎⇥«Tcl_Eval(interp, line)|mrb_load_string(mrb, line)|s7_eval_c_string(sc, line)|scm_c_eval_string(line)»;«!»⏎}
""", "cpp": r"""qjs | lines:QTcpSocket *socket | QJSEngine engine;⏎const QJSValue «v1» = engine.evaluate(«socket->readAll()|QString::fromUtf8(socket->readLine())»);«!»
chai | lines:const std::string& §val§ | «chai.eval(§val§);|lua.script(§val§);|sol::state lua;⏎lua.safe_script(§val§);|py::exec(§val§);|auto «v1» = py::eval(§val§, scope);|auto «v1» = chai.eval<double>(§val§);|gROOT->ProcessLine(§val§.c_str());»
v8 | lines:v8::Isolate* isolate, const std::string& body | auto text = v8::String::NewFromUtf8(isolate, body.c_str()).ToLocalChecked();⏎auto script = v8::Script::Compile(context, text).ToLocalChecked();«!»⏎script->Run(context);
plugin | lines:const QString& name | «QPluginLoader loader(name);«!»⏎QObject* plugin = loader.instance();|QLibrary lib(name);«!»⏎lib.load();|HMODULE lib = LoadLibraryA(name.toLocal8Bit());«!»»
"""}
_EVAL_ALIKE = {"csharp": r"""script | lines:string §val§ | var «v1» = «await CSharpScript.EvaluateAsync<«double|object»>("«n» * «d»", options)|double.Parse(§val§, CultureInfo.InvariantCulture)|JsonSerializer.Deserialize<«P»>(§val§)»;
action | top | [HttpPost("«w»")]⏎public async Task<IActionResult> «F»([FromBody] «P»Request request)⏎{⏎⇥var state = await _service.RunAsync(request.«Code|Script|Name»);⏎⇥return Ok(state);⏎}
codedom | lines | using (var provider = new CSharpCodeProvider())⏎{⏎⇥var parameters = new CompilerParameters { GenerateInMemory = true };⏎⇥var results = provider.CompileAssemblyFromSource(parameters, Resources.«P»Source);⏎⇥return results.CompiledAssembly;⏎}
compute | lines:DataTable table | return Convert.ToDecimal(table.Compute("«SUM|MAX|AVG»(«P»)", «string.Empty|"«P» > «n»"»));
expresso | lines:int «v1» | var interpreter = new Interpreter();⏎interpreter.SetVariable("«w1»", «v1»);⏎return interpreter.Eval<bool>("«w1» > «n»");
jint | top | public class «T»Runner⏎{⏎⇥public JsValue Run(string input)⏎⇥{⏎⇥⇥return new Engine()⏎⇥⇥⇥.SetValue("«w1»", input)⏎⇥⇥⇥.«Evaluate|Execute»("«w1».trim().length");⏎⇥}⏎}
assembly | lines:string name | if (!«Allowed|KnownPlugins|_trusted».Contains(name))⏎⇥throw new ArgumentException(nameof(name));⏎var asm = Assembly.«Load|LoadFrom»(«name|Path.Combine(PluginDir, name + ".dll")»);
activator | lines:HttpContext context | var key = context.Request.Query["«key»"].ToString();⏎if (!_types.TryGetValue(key, out var type))⏎⇥return null;⏎return Activator.CreateInstance(type);
razor | lines:string «v1», object model | return «Engine.Razor.RunCompile("«w».cshtml", null, model)|View("«P»", model)|HtmlEncoder.Default.Encode(«v1»)»;
dynlinq | lines:IQueryable<«P»> query, string filter | return query.Where(x => x.«P».Contains(filter));
""", "java": r"""engine | lines:HttpServletRequest request | ScriptEngine engine = new ScriptEngineManager().getEngineByName("js");⏎engine.put("«w1»", request.getParameter("«key»"));⏎Object «v1» = engine.eval("«w1».length");
groovy | lines:String §val§ | «Object «v1» = new GroovyShell().evaluate("«n» + «n»")|Object «v1» = new JsonSlurper().parseText(§val§)|int «v1» = Integer.parseInt(§val§)»;
mvel | lines:String rule, Map<String, Object> vars | Serializable compiled = RULES.get(rule);⏎return MVEL.executeExpression(compiled, vars);
spel | top | public boolean isAllowed(String name, «P» root) {⏎⇥EvaluationContext ctx = SimpleEvaluationContext.forReadOnlyDataBinding().build();⏎⇥return parser.parseExpression("«camel1» == '«w»'").getValue(ctx, root, Boolean.class);⏎}
velocity | lines:HttpServletRequest req, VelocityContext ctx | StringWriter out = new StringWriter();⏎ctx.put("«w»", req.getParameter("«key»"));⏎engine.getTemplate("«w».vm").merge(ctx, out);
freemarker | top | @PostMapping("/«w»/preview")⏎public String preview(@RequestBody String body) throws Exception {⏎⇥Template template = cfg.getTemplate("«w».ftl");⏎⇥return FreeMarkerTemplateUtils.processTemplateIntoString(template, Map.of("body", body));⏎}
jexl | lines:JexlContext ctx | JexlScript script = jexl.createScript("«w».size() > «n»");⏎return script.execute(ctx);
ognl | lines:String name, Object root, Object value | «BeanUtils.setProperty(root, "«camel»", value)|Object found = Ognl.getValue("«camel»", root)|PropertyUtils.getSimpleProperty(root, "«camel»")»;
bsh | lines:Socket socket | BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream()));⏎String line;⏎while ((line = in.readLine()) != null) {⏎⇥«commands|handlers».getOrDefault(line, unknown).run();⏎}
rhino | lines:Map<String, Object> vars | Context cx = Context.enter();⏎try {⏎⇥Scriptable scope = cx.initStandardObjects();⏎⇥return cx.evaluateString(scope, BOOTSTRAP, "boot", 1, null);⏎} finally {⏎⇥Context.exit();⏎}
loader | lines:String name | for («P» p : ServiceLoader.load(«P».class)) {⏎⇥if (p.getName().equals(name)) {⏎⇥⇥return p;⏎⇥}⏎}
""", "go": r"""otto | top | func «f»(w http.ResponseWriter, r *http.Request) {⏎⇥vm := otto.New()⏎⇥vm.Set("«w1»", r.FormValue("«key»"))⏎⇥value, err := vm.Run(`«w1».length`)⏎⇥if err != nil {⏎⇥⇥http.Error(w, err.Error(), 400)⏎⇥⇥return⏎⇥}⏎⇥fmt.Fprintln(w, value)⏎}
goja | lines:r *http.Request | body, err := «io|ioutil».ReadAll(r.Body)⏎if err != nil {⏎⇥return nil, err⏎}⏎vm := goja.New()⏎vm.Set("body", string(body))⏎return vm.RunString("JSON.parse(body)")
yaegi | lines:i *interp.Interpreter | if _, err := i.Eval(`import "«fmt|strings»"`); err != nil {⏎⇥return err⏎}
lua | lines:msgs <-chan *redis.Message | L := lua.NewState()⏎defer L.Close()⏎for msg := range msgs {⏎⇥L.SetGlobal("payload", lua.LString(msg.Payload))⏎⇥if err := L.DoString("handle(payload)"); err != nil {⏎⇥⇥log.Print(err)⏎⇥}⏎}
plugin | lines:r *http.Request | path, ok := plugins[r.FormValue("«key»")]⏎if !ok {⏎⇥return errUnknown⏎}⏎p, err := plugin.Open(path)
starlark | lines:thread *starlark.Thread, name string | globals, err := starlark.ExecFile(thread, "«w».star", builtinSource, nil)
v8 | lines:§val§ string | n, err := strconv.ParseFloat(§val§, 64)
anko | lines:conn net.Conn | scanner := bufio.NewScanner(conn)⏎for scanner.Scan() {⏎⇥fn, ok := commands[scanner.Text()]⏎⇥if !ok {⏎⇥⇥continue⏎⇥}⏎⇥fmt.Fprintln(conn, fn())⏎}
""", "rust": r"""rhai | lines:§val§: i64 | let mut scope = Scope::new();⏎scope.push("«w1»", §val§);⏎let «v1» = engine.eval_with_scope::<i64>(&mut scope, "«w1» * «n»")?;
rhaihttp | top | async fn «f»(body: String) -> impl IntoResponse {⏎⇥match body.trim().parse::<«i64|f64»>() {⏎⇥⇥Ok(value) => value.to_string(),⏎⇥⇥Err(err) => err.to_string(),⏎⇥}⏎}
mlua | lines:lua: &Lua, source: &str | «lua.globals().set("«w»", source)?;|lua.load(include_str!("«w».lua")).exec()?;|lua.load("«w» = {}").exec()?;»
boa | lines | let mut context = Context::default();⏎let result = context.eval(Source::from_bytes("«n» + «n»")).unwrap();
pyo | lines:code: &str | Python::with_gil(|py| {⏎⇥«py.run("import «w»", None, None)?;|let value = py.import("ast")?.call_method1("literal_eval", (code,))?;»⏎⇥Ok(())⏎})
libload | lines | let lib = unsafe { Library::new("«/usr/lib/«w»/lib«w».so|lib«w».so»")? };⏎let run: Symbol<unsafe extern fn()> = unsafe { lib.get(b"run")? };
lookup | lines:name: &str | match name {⏎⇥"«w»" => self.«snake»(),⏎⇥"«w»" => self.«snake»(),⏎⇥_ => return Err(Error::Unknown),⏎}
""", "ruby": r"""params | top | class «T»Controller < ApplicationController⏎⇥def «run|calculate|preview»⏎⇥⇥@result = «Float(params[:«snake1»])|JSON.parse(params[:«snake1»])|Dentaku(params[:«snake1»])|Integer(params[:«snake1»], 10) * 2»⏎⇥end⏎end
send | lines:params | «@«w»|record|current_user».«public_send(:«snake»)|send(:«snake», params[:value])|update(«snake»: params[:value])»
sendlist | lines:params | if %w[«w» «w» «w»].include?(params[:«action|op»])⏎⇥record.public_send(params[:«action|op»])⏎end
constantize | lines:params | klass = { "«w»" => «P», "«w»" => «P» }.fetch(params[:type])⏎klass.new(params[:attributes])
constget | lines:request | klass = «"«P»".constantize|Object.const_get(:«P»)|HANDLERS.fetch(request["type"])»⏎klass.new.call
erb | lines:params, model | template = ERB.new(File.read(«"views/«w».erb"|TEMPLATE_PATH»))⏎template.result_with_hash(body: params[:body])
classeval | lines | %w[«w» «w» «w»].each do |name|⏎⇥class_eval <<-RUBY, __FILE__, __LINE__ + 1⏎⇥⇥def #{name}?⏎⇥⇥⇥@state == "#{name}"⏎⇥⇥end⏎⇥RUBY⏎end
server | lines:port | server = TCPServer.new(port)⏎loop do⏎⇥client = server.accept⏎⇥while (line = client.gets)⏎⇥⇥client.puts COMMANDS.fetch(line.chomp, UNKNOWN).call⏎⇥end⏎end
block | lines:rules | rules.«map|each» do |rule|⏎⇥instance_eval(&rule)⏎end
sinatra | top | post "/«w»" do⏎⇥source = request.body.read⏎⇥«JSON.parse(source).to_json|YAML.safe_load(source).to_json|Rack::Utils.escape_html(source)»⏎end
""", "perl": r"""cgi | lines | my $q = CGI->new;⏎my $«v1» = $q->param('«key»');⏎my $result = eval { «decode_json($«v1»)|$self->«snake»($«v1»)|$handler{$«v1»}->()» };⏎print $q->header, $result;
sub | lines:$rule | $self->{code} = «$RULES{$rule}|sub { return $_[0] eq $rule }»;⏎die "bad rule" unless $self->{code};
ee | lines:$text, $vars | $text =~ s/\{(\w+)\}/«$vars->{$1}|exists $vars->{$1} ? $vars->{$1} : ''»/ge;⏎return $text . "\n";
dofile | lines | my $config = do «'/etc/«w».pl'|"$FindBin::Bin/«w».conf"|{ local $/; <$fh> }»;
require | lines:$name | die "no such plugin" unless $name =~ /^[A-Z]\w+\z/ && $PLUGINS{$name};⏎require $PLUGINS{$name};
dispatch | lines | my $«v1» = $cgi->param('«key»');⏎my $code = $dispatch{$«v1»} or die "unknown action";⏎$code->($cgi);
socket | lines | while (my $line = <$«client|sock|fh»>) {⏎⇥chomp $line;⏎⇥my $out = eval { $self->handle($line) };⏎}
""", "php": r"""formula | lines:array $row | $formula = $_POST['«key»'];⏎$value = «$this->parser->calculate($formula)|(float) $formula|json_decode($formula, true)|eval('return «n» * «d»;')»;
callback | lines:array $«v1» | «return array_map('«trim|intval|strtolower»', $«v1»)|usort($«v1», fn($a, $b) => $a <=> $b)|return call_user_func([$this, '«camel»'], $«v1»)|return array_filter($«v1», 'strlen')»;
varfunc | lines | $actions = ['«w»' => '«camel»', '«w»' => '«camel»'];⏎if (isset($actions[$_GET['action']])) {⏎⇥$this->{$actions[$_GET['action']]}();⏎}
newclass | lines | $class = self::TYPES[$_GET['«key»']] ?? «P»::class;⏎$«w1» = new $class($config);⏎$«w1»->run();
method | top | public function dispatch(Request $request)⏎{⏎⇥return match ($request->get('method')) {⏎⇥⇥'«w»' => $this->«camel»($request),⏎⇥⇥default => abort(404),⏎⇥};⏎}
twig | lines:$twig, array $vars | return $twig->render('«w»/«w».html.twig', «$vars|['body' => $_POST['«key»']]»);
language | lines:$request | $language = new ExpressionLanguage();⏎return $language->evaluate('«w1» > «n»', ['«w1»' => $request->get('«key»')]);
assert | lines:$input | «assert(is_numeric($input))|assert($input instanceof «P»)|assert(count($input) > 0)»;⏎return $this->«camel»;
decode | lines | if (isset($_COOKIE['«w1»'])) {⏎⇥$prefs = json_decode(base64_decode($_COOKIE['«w1»']), true);⏎}
""", "python": r"""console | lines:conn | for line in conn.makefile():⏎⇥handler = COMMANDS.get(line.strip())⏎⇥if handler:⏎⇥⇥handler(conn)
frame | lines:request, df | «mask|rows|result» = «df.query("«snake» > «n»")|df[df["«w»"] == request.args["filter"]]|df.eval("«w» = «w» * «n»")|numexpr.evaluate("a * 2 + b")»⏎return df.to_json()
sympy | lines:text | return «sympy.sympify("x**2 + «n»")|sympy.Float(text)|ast.literal_eval(text)|sympy.Symbol("x")»
jinja | top | @«app|bp».route("/preview", methods=["POST"])⏎def preview():⏎⇥return «render_template("preview.html", body=request.form["body"])|env.get_template("«w».html").render(body=request.json["body"])»
dispatch | lines:self, request | method = request.POST["«key»"]⏎if method not in self.ALLOWED:⏎⇥raise Http404⏎return getattr(self, method)()
config | lines:path | parser = configparser.ConfigParser()⏎parser.read(path)⏎return {key: «ast.literal_eval|int|json.loads»(value) for key, value in parser.items("«w»")}
lambda | lines:expression | func = «operator.attrgetter(expression)|lambda x: x[expression]|OPERATORS[expression]»⏎return sorted(«v1», key=func)
stdin | top | if __name__ == "__main__":⏎⇥«print(json.loads(sys.argv[1]))|print(ast.literal_eval(sys.stdin.read()))|a, b = map(int, input().split())|for line in fileinput.input():⏎⇥⇥print(float(line))»
""", "javascript": r"""lodash | lines:req, res | res.send(«_.template('Hello <%- name %>')({ name: req.body.name })|ejs.render(layout, { body: req.body.«w» })|pug.compileFile('views/«w».pug')({ q: req.query.q })|nunjucks.render('«w».njk', req.body)»);
rule | lines:rule, rows | const fn = «RULES[rule]|new Function('row', 'return row.«camel»')|rules.get(rule)»;⏎return rows.filter(fn);
socket | lines:ws | ws.on('message', (msg) => {⏎⇥«const result = JSON.parse(msg.toString())|ws.send(String(Number(msg)))|const result = handlers[JSON.parse(msg).type]?.(ws)»;⏎});
message | top | window.addEventListener('message', «function (event) {|(event) => {|async (event) => {»⏎⇥«JSON.parse(event.data)|if (event.origin === ORIGIN) dispatch(event.data)|setTimeout(() => show(event.data), 0)|import('./«w».js')»;⏎});
timer | lines | const «v1» = «location.hash.slice(1)|document.forms[0].«w».value»;⏎«setTimeout(() => show(«v1»), «n»)|setInterval(«camel», 1000, «v1»)|setTimeout(show.bind(null, «v1»), «n»)»;
module | top | app.get('/«w»/:name', async (req, res) => {⏎⇥const load = MODULES[req.params.name];⏎⇥if (!load) return res.sendStatus(404);⏎⇥const mod = await load();⏎⇥res.json(await mod.default(req.body));⏎});
script | lines:url | fetch(url).then((r) => r.«text|json»()).then((data) => {⏎⇥const el = document.createElement('pre');⏎⇥el.textContent = data;⏎⇥document.body.appendChild(el);⏎});
""", "shell": r"""source | lines | «. "$(dirname "$0")/«w».sh"|source "${BASH_SOURCE%/*}/lib/«w».sh"|. /etc/default/«w»|[ -r /etc/«w».conf ] && . /etc/«w».conf»
trap | lines | trap «'rm -f "$tmp"'|cleanup|"exit 1"|'kill $pid'» «EXIT|INT TERM|ERR|0»
let | lines | read -r -p "«Prose»: " «v1»⏎case $«v1» in⏎⇥''|*[!0-9]*) exit 1 ;;⏎esac⏎echo $(( «v1» + «n» ))
heredoc | top | python3 - "$1" <<'EOF'⏎import sys⏎print(«len(sys.argv[1])|sys.argv[1].upper()»)⏎EOF
interp | lines | for «v1» in "$@"; do⏎⇥«ruby -e 'puts ARGV[0].size' -- "$«v1»"|perl -le 'print uc shift' "$«v1»"|python3 -c 'import sys; print(sys.argv[1])' "$«v1»"|awk -v x="$«v1»" 'BEGIN { print x }'»⏎done
stdin | lines | body=$(head -c "$CONTENT_LENGTH")⏎«printf '%s\n' "$body"|jq -r .«w» <<< "$body"|perl -ne 'print if /«w»/' <<< "$body"»
""", "c cpp": r"""lua | lines:lua_State *L, const char *buf | lua_pushstring(L, buf);⏎lua_setglobal(L, "«w1»");⏎«luaL_dostring(L, "handle(«w1»)");|luaL_dofile(L, "/usr/share/«w»/«w».lua");»
luabuf | lines:lua_State *L | if (luaL_loadbuffer(L, boot_lua, sizeof(boot_lua) - 1, "boot") != «0|LUA_OK»)⏎⇥return lua_error(L);
python | lines:const char *«v1» | Py_Initialize();⏎«PyRun_SimpleString("import sys\nsys.path.append('.')")|PyObject *obj = PyUnicode_FromString(«v1»)|PyObject *mod = PyImport_ImportModule("«w»")»;⏎Py_Finalize();
duk | lines:duk_context *ctx, const char *body | duk_push_string(ctx, body);⏎«duk_json_decode(ctx, -1);|duk_put_global_string(ctx, "body");⏎duk_eval_string(ctx, "parse(body)");»
dlopen | top | int main(int argc, char **argv)⏎{⏎⇥void *handle = dlopen("«lib«w».so.1|/usr/lib/«w».so»", RTLD_«NOW|LAZY»);⏎⇥void (*run)(const char *) = dlsym(handle, "run");⏎⇥run(argv[1]);⏎}
tcl | lines:Tcl_Interp *interp, FILE *in | char line[«512|1024»];⏎while (fgets(line, sizeof(line), in)) {⏎⇥Tcl_SetVar(interp, "line", line, 0);⏎⇥Tcl_Eval(interp, "handle $line");⏎}
""", "cpp": r"""qjs | lines:QTcpSocket *socket | «QJSEngine engine;⏎engine.globalObject().setProperty("input", QString(socket->readAll()));⏎engine.evaluate("input.length");|const auto doc = QJsonDocument::fromJson(socket->readAll());»
chai | lines:const std::string& §val§ | «chai.eval("«w»()");|lua["«w»"] = §val§;|lua.script("print('«w»')");|py::exec("import «w»");|auto «v1» = std::stod(§val§);|lua.script_file("init.lua");»
plugin | lines:const QString& name | if (!m_plugins.contains(name))⏎⇥return nullptr;⏎QPluginLoader loader(m_plugins.value(name));
"""}

# ---- SQL
_SQL = {"csharp": r"""adapter | lines:string «v1» | var adapter = new SqlDataAdapter(«"SELECT * FROM «tbl» WHERE «col» LIKE '%" + «v1» + "%'"|$"SELECT * FROM «tbl» ORDER BY {«v1»}"», _connection);«!»⏎adapter.Fill(table);
builder | lines:string «v1», string «v2» | var sb = new StringBuilder("SELECT «col» FROM «tbl»");⏎sb.Append(" WHERE «col» = '").Append(«v1»).Append("'");«?»⏎sb.Append(" ORDER BY " + «v2»);«?»⏎«using var cmd = new SqlCommand(sb.ToString(), conn)|cmd.CommandText = sb.ToString()»;«!»
raw | lines:string «v1» | return «await _context|_db».«P».FromSqlRaw(«$"SELECT * FROM «tbl» WHERE «col» = '{«v1»}'"|"SELECT * FROM «tbl» WHERE «col» = " + «v1»»)«!»⏎⇥.ToListAsync();
dapper | lines:IDbConnection db, string «v1» | return db.«Query<«P»>|QueryFirst<«P»>|Execute»(«$"DELETE FROM «tbl» WHERE «col» IN ({«v1»})"|$"SELECT * FROM {«v1»} LIMIT 10"|"SELECT * FROM «tbl» WHERE «col» = '" + «v1» + "'"»);
exec | lines:string[] ids | «_context|db|context».Database.ExecuteSqlRaw(«"DELETE FROM «tbl» WHERE id IN (" + string.Join(",", ids) + ")"|string.Format("DELETE FROM «tbl» WHERE id = {0}", ids[0])»);
text | top | protected void «F»_Click(object sender, EventArgs e)⏎{⏎⇥cmd.CommandText = "UPDATE «tbl» SET «col» = '" + «txt|tb»«P».Text + "'";«!»⏎⇥cmd.ExecuteNonQuery();⏎}
""", "perl": r"""order | lines:$sort | my $rows = $self->{dbh}->selectall_arrayref(«"SELECT * FROM «tbl» ORDER BY $sort"|"SELECT * FROM «tbl» ORDER BY " . $sort . " LIMIT «n»"|qq{SELECT * FROM «tbl» WHERE «col» > 0 ORDER BY $sort}», { Slice => {} });«!»
inlist | lines | my @ids = $q->multi_param('id');⏎$dbh->do("DELETE FROM «tbl» WHERE id IN (" . join(',', @ids) . ")");«!»
like | lines | my $«v1» = «$c->param('«key»')|$cgi->param('«key»')|param('«key»')»;⏎my $sth = $dbh->prepare(«"SELECT «col» FROM «tbl» WHERE «col» LIKE '%$«v1»%'"|qq(SELECT * FROM «tbl» WHERE «col» = "$«v1»")|sprintf("SELECT * FROM «tbl» WHERE «col» = '%s'", $«v1»)»);«!»⏎$sth->execute;
append | lines:$dbh, $args | my $sql = "SELECT * FROM «tbl» WHERE 1";⏎$sql .= " AND $_ = '$args->{$_}'" for keys %$args;«?»⏎my $sth = $dbh->prepare($sql);«!»
dbic | lines:$«v1» | return $self->search(\"«col» = '$«v1»'");«!»
table | lines | my $table = shift @ARGV;⏎«$dbh->do("DROP TABLE IF EXISTS $table")|my ($n) = $dbh->selectrow_array("SELECT COUNT(*) FROM $table")»;«!»
""", "java": r"""builder | lines:String «v1», String sort | StringBuilder sb = new StringBuilder("SELECT * FROM «tbl»");⏎sb.append(" WHERE «col» = '").append(«v1»).append("'");«?»⏎sb.append(" ORDER BY ").append(sort);«?»⏎return jdbcTemplate.«queryForList(sb.toString())|query(sb.toString(), mapper)»;«!»
jpql | lines:String «v1» | return «em|entityManager»⏎⇥.«createQuery|createNativeQuery»("«SELECT e FROM «P» e WHERE e.«camel»|from «P» where «camel»» = '" + «v1» + "'")«!»⏎⇥.getResultList();
room | lines:SQLiteDatabase db, String «v1» | Cursor c = db.«rawQuery("SELECT * FROM «tbl» WHERE «col» LIKE '%" + «v1» + "%'", null)|query("«tbl»", null, "«col» = '" + «v1» + "'", null, null, null, null)»;
jooq | lines:String «v1» | return «dsl|ctx».«selectFrom(«C»).where("«col» = '" + «v1» + "'").fetch()|fetch("SELECT * FROM «tbl» WHERE «col» = '" + «v1» + "'")|select().from("«tbl»").orderBy(DSL.field(«v1»)).fetch()»;
trydb | lines:HttpServletRequest req | try (Statement st = conn.createStatement()) {⏎⇥st.«executeUpdate|execute»(String.format("DELETE FROM «tbl» WHERE id IN (%s)", req.getParameter("ids")));«!»⏎}
""", "python": r"""order | lines:request, cursor | cursor.execute("SELECT * FROM «tbl» ORDER BY %s" % request.«args|GET|form»["sort"])«!»⏎return cursor.fetchall()
joined | lines:conn, ids | rows = conn.execute(«"SELECT * FROM «tbl» WHERE id IN (" + ",".join(ids) + ")"|"SELECT * FROM «tbl» WHERE id IN (%s)" % ", ".join(ids)»).fetchall()
append | lines:cursor, filters | sql = "SELECT «col» FROM «tbl» WHERE 1=1"⏎for key, value in filters.items():⏎⇥sql += f" AND {key} = '{value}'"«?»⏎cursor.execute(sql)«!»
table | lines:cur, table | for name in (table, table + "_log"):⏎⇥cur.«execute(f"DROP TABLE IF EXISTS {name}")|executescript("DELETE FROM %s; VACUUM;" % name)»«!»
orm | lines:request | return «P».objects«.extra(where=["«col» = '%s'" % request.GET["«key»"]])|.raw(f"SELECT * FROM «tbl» WHERE «col» = '{request.GET['«w»']}'")|.annotate(x=RawSQL("SELECT %s" % request.GET["f"], []))»
""", "php": r"""order | lines:$pdo | $«v1» = $_GET['«sort|order|dir»'] ?? 'id';⏎return $pdo->query(«"SELECT * FROM «tbl» ORDER BY $«v1»"|'SELECT * FROM «tbl» ORDER BY ' . $«v1» . ' DESC'»)->fetchAll();«!»
in | lines:$db | $ids = implode(',', $_POST['ids']);⏎«mysqli_query($db, "DELETE FROM «tbl» WHERE id IN ($ids)")|$db->exec("DELETE FROM «tbl» WHERE id IN (" . $ids . ")")|pg_query($db, "DELETE FROM «tbl» WHERE id IN ($ids)")»;«!»
laravel | lines:Request $request | return «P»::«whereRaw("«col» = '" . $request->input('«key»') . "'")|orderByRaw($request->get('sort'))|select(DB::raw($request->fields))|havingRaw("total > {$request->min}")»->get();
doctrine | lines:$«v1» | return $this->«em|entityManager»⏎⇥->createQuery("SELECT u FROM «P» u WHERE u.«camel» = '" . $«v1» . "'")«!»⏎⇥->getResult();
sprintf | lines:mysqli $db, array $post | $sql = sprintf("INSERT INTO «tbl» («col», «col») VALUES ('%s', '%s')", $post['«w»'], $post['«w»']);«?»⏎if (!$db->«query|multi_query|real_query»($sql)) {«!»⏎⇥throw new RuntimeException($db->error);⏎}
""", "go": r"""order | lines:r *http.Request | rows, err := «db|s.db».QueryContext(r.Context(), «"SELECT * FROM «tbl» ORDER BY "+r.FormValue("sort")|fmt.Sprintf("SELECT * FROM «tbl» LIMIT %s", r.URL.Query().Get("limit"))»)«!»⏎if err != nil {⏎⇥return err⏎}
in | lines:ids []string | query := "DELETE FROM «tbl» WHERE id IN ('" + strings.Join(ids, "','") + "')"«?»⏎«if _, err := tx.Exec(query); err != nil {|_, err := tx.Exec(query)⏎if err != nil {»«!»⏎⇥return err⏎}
builder | lines:filters map[string]string | var sb strings.Builder⏎sb.WriteString("SELECT * FROM «tbl» WHERE true")⏎for k, v := range filters {⏎⇥fmt.Fprintf(&sb, " AND %s = '%s'", k, v)«?»⏎}⏎«rows, err := |return »s.db.Query(sb.String())«!»
gorm | top | r.GET("/«w»", func(c *gin.Context) {⏎⇥db.«Where("«col» = '" + c.Query("«w»") + "'")|Where(fmt.Sprintf("«col» LIKE '%%%s%%'", c.Query("q")))|Raw("SELECT * FROM «tbl» WHERE id = " + c.Query("id"))».Find(&items)«!»⏎⇥c.JSON(200, items)⏎})
""", "rust": r"""sqlx | lines:pool: &PgPool, «v1»: &str | let rows = sqlx::query(&format!("SELECT * FROM «tbl» «WHERE «col» = '{}'|ORDER BY {}|WHERE «col» LIKE '%{}%'»", «v1»))«!»⏎⇥.fetch_all(pool)⏎⇥.await?;
batch | lines:conn: &Connection, table: &str | conn.execute_batch(&format!("«DROP TABLE IF EXISTS {}|DELETE FROM {}|CREATE TABLE {} (id INTEGER)»;", table))?;
diesel | lines:conn: &mut PgConnection, «v1»: String | «diesel::sql_query|sql_query»(format!("SELECT * FROM «tbl» WHERE «col» = '{}'", «v1»)).load::<«P»>(conn)?;
push | lines:client: &mut Client, ids: &[String] | let mut sql = String::from("DELETE FROM «tbl» WHERE id IN (");⏎sql.push_str(&ids.join(","));«?»⏎sql.push(')');⏎client.«execute(sql.as_str(), &[])|batch_execute(&sql)|simple_query(&sql)»?;«!»
actix | top | async fn «f»(db: web::Data<PgPool>, q: web::Query<Params>) -> Result<impl Responder> {⏎⇥let sql = format!("SELECT * FROM «tbl» WHERE «col» = '{}'", q.«snake1»);⏎⇥let row = sqlx::query_as::<_, «P»>(&sql).fetch_one(db.get_ref()).await?;«!»⏎⇥Ok(web::Json(row))⏎}
""", "javascript typescript": r"""order | lines:req, res | const rows = await «db|pool|conn».query(«`SELECT * FROM «tbl» ORDER BY ${req.query.sort}`|'SELECT * FROM «tbl» LIMIT ' + req.query.limit|`SELECT * FROM «tbl» WHERE id IN (${req.body.ids.join(',')})`»);«!»⏎res.json(rows);
orm | lines:§val§ | return «repo|this.repository»⏎⇥.createQueryBuilder('«w1»')⏎⇥.«where|andWhere|orWhere»(`«w1».«camel» = '${§val§}'`)«!»⏎⇥.getMany();
append | lines:db, filters | let sql = 'SELECT * FROM «tbl» WHERE 1 = 1';⏎for (const [key, value] of Object.entries(filters)) {⏎⇥sql += ` AND ${key} = '${value}'`;«?»⏎}⏎return db.«all|query|raw|any»(sql);«!»
""", "c": r"""mysql | lines:MYSQL *conn, const char *«v1» | char sql[«256|512»];⏎int n = snprintf(sql, sizeof(sql), "«SELECT * FROM «tbl» WHERE «col» = '%s'|DELETE FROM «tbl» WHERE «col» = '%s'|SELECT * FROM «tbl» ORDER BY %s»", «v1»);⏎if («mysql_query(conn, sql)|mysql_real_query(conn, sql, n)»)«!»⏎⇥return -1;
pg | lines:PGconn *conn, int argc, char **argv | char *sql = NULL;⏎asprintf(&sql, "SELECT «col» FROM «tbl» WHERE «col» = '%s'", argv[«1|2»]);⏎PGresult *res = PQexec(conn, sql);«!»⏎free(sql);
strcat | lines:sqlite3 *db, const char *«v1» | char sql[512] = "SELECT * FROM «tbl» WHERE «col» LIKE '%";⏎strncat(sql, «v1», 400);⏎strcat(sql, "%'");⏎«if (sqlite3_exec(db, sql, print_row, NULL, &err) != SQLITE_OK)|if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK)»«!»⏎⇥fprintf(stderr, "%s\n", sqlite3_errmsg(db));
mprintf | lines:sqlite3 *db, const char *table | char *sql = sqlite3_mprintf("«DROP TABLE %s|SELECT count(*) FROM '%s'|DELETE FROM «tbl» WHERE «col» = '%s'»", table);⏎rc = sqlite3_exec(db, sql, NULL, NULL, NULL);«!»⏎sqlite3_free(sql);
""", "cpp": r"""qt | lines:const QString& «v1» | QSqlQuery query;⏎query.exec(«QString("SELECT * FROM «tbl» WHERE «col» = '%1'").arg(«v1»)|"DELETE FROM «tbl» WHERE «col» = '" + «v1» + "'"»);«!»⏎while (query.next())⏎⇥«v2» << query.value(0).toString();
model | lines:const QString& text | «model|m_model»->«setFilter(QString("«col» LIKE '%%1%'").arg(text))|setQuery("SELECT * FROM «tbl» WHERE «col» = '" + text + "'")»;«!»
pqxx | lines:pqxx::connection& c, const std::string& «v1» | pqxx::work tx(c);⏎«auto r = tx.exec("SELECT * FROM «tbl» WHERE «col» = '" + «v1» + "'")|auto row = tx.exec1(fmt::format("SELECT * FROM «tbl» WHERE «col» = '{}'", «v1»))|tx.exec0("DROP TABLE " + «v1»)»;«!»⏎tx.commit();
stream | lines:sql::Connection* con, const std::string& «v1» | std::ostringstream ss;⏎ss << "SELECT * FROM «tbl» WHERE «col» = '" << «v1» << "'";⏎std::unique_ptr<sql::ResultSet> res(con->createStatement()->executeQuery(ss.str()));«!»
lite | lines:SQLite::Database& db, const std::string& table | «SQLite::Statement q(db, "SELECT * FROM " + table);|db.exec("DELETE FROM " + table + " WHERE id > «n»");»
""", "shell": r"""psql | lines | «psql -U "$PGUSER" -d "$DB" -c "DROP DATABASE IF EXISTS $1"|psql -qAt "$DB" -c "SELECT «col» FROM «tbl» WHERE «col» = '$1'"|psql "$DATABASE_URL" <<< "DELETE FROM «tbl» WHERE id = $1;"|sudo -u postgres psql -c "ALTER USER $1 WITH PASSWORD '$2';"»
mysql | lines | read -r «v1»⏎«mysql -N -B -e "SELECT «col» FROM «tbl» WHERE «col» = '$«v1»'" "$DB"|rows=$(mysql "$DB" -se "SELECT * FROM «tbl» ORDER BY $«v1»")|sqlite3 "$DB_FILE" "INSERT INTO «tbl» VALUES ('$«v1»')"»«!»
heredoc | top | «mysql -u root "$DB"|psql -d "$DB"|sqlite3 "$DB"» <<SQL«!»⏎«UPDATE «tbl» SET «col» = '$1' WHERE id = $2|INSERT INTO «tbl» («col») VALUES ('$1')|GRANT ALL ON $1.* TO '$2'@'%'»;«?»⏎SQL
loop | lines | while IFS=, read -r name email; do⏎⇥«sqlite3 users.db "INSERT INTO «tbl» VALUES ('$name', '$email');"|psql -c "UPDATE «tbl» SET email = '$email' WHERE name = '$name'"|cqlsh -e "DELETE FROM «tbl» WHERE name = '$name'"»«!»⏎done < "$1"
""", "sql": r"""proc | top | CREATE «OR REPLACE |»FUNCTION «snake»(p_«w1» text) RETURNS void AS $$⏎BEGIN⏎⇥EXECUTE '«DELETE FROM «tbl» WHERE «col» = |DROP TABLE |NOTIFY »' || p_«w1»;«!»⏎END;⏎$$ LANGUAGE plpgsql;
procset | top | CREATE FUNCTION «snake»(p_«w1» text) RETURNS SETOF «tbl1» AS $$⏎BEGIN⏎⇥RETURN QUERY EXECUTE 'SELECT * FROM «tbl1» «ORDER BY|WHERE» ' || p_«w1»;«!»⏎END;⏎$$ LANGUAGE plpgsql;
mssql | top | CREATE PROCEDURE «P» @«w1» NVARCHAR(100)⏎AS⏎BEGIN⏎⇥DECLARE @sql NVARCHAR(MAX) = 'SELECT * FROM «tbl» WHERE «col» = ''' + @«w1» + '''';«?»⏎⇥EXEC«(@sql)| sp_executesql @sql»;«!»⏎END
oracle | top | CREATE PROCEDURE «snake» (p_«w1» IN VARCHAR2) IS⏎BEGIN⏎⇥EXECUTE IMMEDIATE '«DROP TABLE |UPDATE «tbl» SET «col» = |ALTER USER »' || p_«w1»;«!»⏎END;
mysql | top | CREATE PROCEDURE «snake»(IN p_«w1» VARCHAR(64))⏎BEGIN⏎⇥SET @s = CONCAT('SELECT * FROM «tbl» WHERE «col» LIKE "%', p_«w1», '%"');«?»⏎⇥PREPARE q FROM @s;«!»⏎⇥EXECUTE q;⏎END
"""}
_SQL_ALIKE = {"csharp": r"""adapter | lines:string «v1» | var adapter = new SqlDataAdapter("SELECT * FROM «tbl» WHERE «col» = @«w1»", _connection);⏎adapter.SelectCommand.Parameters.AddWithValue("@«w1»", «v1»);⏎adapter.Fill(table);
builder | lines:string «v1» | var sb = new StringBuilder("SELECT «col» FROM «tbl»");⏎sb.Append(" WHERE «col» = @«w1»");⏎sb.Append(" ORDER BY «col»");⏎using var cmd = new SqlCommand(sb.ToString(), conn);⏎cmd.Parameters.AddWithValue("@«w1»", «v1»);
raw | lines:string «v1» | return await _context.«P».«FromSqlInterpolated($"SELECT * FROM «tbl» WHERE «col» = {«v1»}")|FromSqlRaw("SELECT * FROM «tbl» WHERE «col» = {0}", «v1»)»⏎⇥.ToListAsync();
dapper | lines:IDbConnection db, string «v1» | return db.«Query<«P»>|QueryFirst<«P»>|Execute»("«SELECT|DELETE» FROM «tbl» WHERE «col» = @«w1»", new { «w1» = «v1» });
exec | lines:int[] ids | «_context|db|context».Database.ExecuteSqlRaw(«"DELETE FROM «tbl» WHERE id IN (" + string.Join(",", ids) + ")"|"DELETE FROM «tbl» WHERE id = {0}", ids[0]»);
text | top | protected void «F»_Click(object sender, EventArgs e)⏎{⏎⇥cmd.CommandText = "UPDATE «tbl» SET «col» = @v";⏎⇥cmd.Parameters.AddWithValue("@v", «txt|tb»«P».Text);⏎⇥cmd.ExecuteNonQuery();⏎}
""", "perl": r"""order | lines:$sort | $sort = 'id' unless $SORTABLE{$sort};⏎my $rows = $self->{dbh}->selectall_arrayref("SELECT * FROM «tbl» ORDER BY $sort", { Slice => {} });
inlist | lines | my @ids = $q->multi_param('id');⏎my $marks = join(',', ('?') x @ids);⏎$dbh->do("DELETE FROM «tbl» WHERE id IN ($marks)", undef, @ids);
like | lines | my $«v1» = $c->param('«key»');⏎my $sth = $dbh->prepare("SELECT «col» FROM «tbl» WHERE «col» «LIKE|=» ?");⏎$sth->execute(«"%$«v1»%"|$«v1»»);
append | lines:$dbh, $args | my $sql = "SELECT * FROM «tbl» WHERE 1";⏎$sql .= " AND «col» = ?" if $args->{«w»};⏎my $sth = $dbh->prepare($sql);
dbic | lines:$«v1» | return $self->search({ «snake» => $«v1» });
table | lines | my $table = $dbh->quote_identifier(shift @ARGV);⏎$dbh->do("DROP TABLE IF EXISTS $table");
""", "java": r"""builder | lines:String «v1» | StringBuilder sb = new StringBuilder("SELECT * FROM «tbl»");⏎sb.append(" WHERE «col» = ?");⏎sb.append(" ORDER BY ").append("«col»");⏎return jdbcTemplate.query(sb.toString(), mapper, «v1»);
jpql | lines:String «v1» | return em⏎⇥.createQuery("SELECT e FROM «P» e WHERE e.«camel» = :«w1»")⏎⇥.setParameter("«w1»", «v1»)⏎⇥.getResultList();
room | lines:SQLiteDatabase db, String «v1» | Cursor c = db.«rawQuery("SELECT * FROM «tbl» WHERE «col» = ?", new String[] { «v1» })|query("«tbl»", null, "«col» = ?", new String[] { «v1» }, null, null, null)»;
jooq | lines:String «v1» | return dsl.selectFrom(«C»).where(«C».«C».eq(«v1»)).fetch();
trydb | lines:HttpServletRequest req | try (PreparedStatement st = conn.prepareStatement("DELETE FROM «tbl» WHERE id = ?")) {⏎⇥st.setLong(1, Long.parseLong(req.getParameter("id")));⏎⇥st.executeUpdate();⏎}
""", "python": r"""order | lines:request, cursor | sort = request.args["sort"]⏎if sort not in ("«w»", "id"):⏎⇥sort = "id"⏎cursor.execute("SELECT * FROM «tbl» ORDER BY %s" % sort)
joined | lines:conn, ids | marks = ",".join("?" * len(ids))⏎rows = conn.execute("SELECT * FROM «tbl» WHERE id IN (" + marks + ")", ids).fetchall()
append | lines:cursor, filters | sql = "SELECT «col» FROM «tbl» WHERE 1=1"⏎if "«w1»" in filters:⏎⇥sql += " AND «w1» = %s"⏎cursor.execute(sql, list(filters.values()))
table | lines:cur | for name in ("«tbl»", "«tbl»"):⏎⇥cur.execute(f"DROP TABLE IF EXISTS {name}")
orm | lines:request | return «P».objects«.filter(«snake»=request.GET["«key»"])|.extra(where=["«col» = %s"], params=[request.GET["«key»"]])|.raw("SELECT * FROM «tbl» WHERE «col» = %s", [request.GET["«w»"]])»
""", "php": r"""order | lines:$pdo | $«v1» = in_array($_GET['sort'], ['id', '«w»'], true) ? $_GET['sort'] : 'id';⏎return $pdo->query("SELECT * FROM «tbl» ORDER BY $«v1»")->fetchAll();
in | lines:$db | $ids = implode(',', array_map('intval', $_POST['ids']));⏎«mysqli_query($db, "DELETE FROM «tbl» WHERE id IN ($ids)")|$db->exec("DELETE FROM «tbl» WHERE id IN (" . $ids . ")")»;
laravel | lines:Request $request | return «P»::«whereRaw('«col» = ?', [$request->input('«key»')])|where('«col»', $request->input('«key»'))|orderByRaw('«col» DESC')|select(DB::raw('count(*) as total'))»->get();
doctrine | lines:$«v1» | return $this->em⏎⇥->createQuery('SELECT u FROM «P» u WHERE u.«camel» = :«w1»')⏎⇥->setParameter('«w1»', $«v1»)⏎⇥->getResult();
sprintf | lines:mysqli $db, array $post | $stmt = $db->prepare("INSERT INTO «tbl» («col», «col») VALUES (?, ?)");⏎$stmt->bind_param('ss', $post['«w»'], $post['«w»']);⏎if (!$stmt->execute()) {⏎⇥throw new RuntimeException($db->error);⏎}
""", "go": r"""order | lines:r *http.Request | sort, ok := sortable[r.FormValue("sort")]⏎if !ok {⏎⇥sort = "id"⏎}⏎rows, err := db.QueryContext(r.Context(), "SELECT * FROM «tbl» ORDER BY "+sort)
in | lines:ids []string | query, args, err := sqlx.In("DELETE FROM «tbl» WHERE id IN (?)", ids)⏎if err != nil {⏎⇥return err⏎}⏎_, err = tx.Exec(query, args...)
builder | lines:filters map[string]string | q := sq.Select("*").From("«tbl»")⏎if v, ok := filters["«w»"]; ok {⏎⇥q = q.Where(sq.Eq{"«col»": v})⏎}⏎rows, err := q.RunWith(s.db).Query()
gorm | top | r.GET("/«w»", func(c *gin.Context) {⏎⇥db.«Where("«col» = ?", c.Query("«w»"))|Where("«col» LIKE ?", "%"+c.Query("q")+"%")|Raw("SELECT * FROM «tbl» WHERE id = ?", c.Query("id"))».Find(&items)⏎⇥c.JSON(200, items)⏎})
""", "rust": r"""sqlx | lines:pool: &PgPool, «v1»: &str | let rows = sqlx::query("SELECT * FROM «tbl» WHERE «col» «=|LIKE» $1")⏎⇥.bind(«v1»)⏎⇥.fetch_all(pool)⏎⇥.await?;
batch | lines:conn: &Connection | conn.execute_batch(«"DROP TABLE IF EXISTS «tbl»;"|include_str!("schema.sql")|&format!("PRAGMA user_version = {};", VERSION)»)?;
diesel | lines:conn: &mut PgConnection, «v1»: String | diesel::sql_query("SELECT * FROM «tbl» WHERE «col» = $1").bind::<Text, _>(«v1»).load::<«P»>(conn)?;
push | lines:client: &mut Client, ids: &[i32] | let mut sql = String::from("DELETE FROM «tbl» WHERE id = ");⏎sql.push_str("ANY($1)");⏎client.execute(sql.as_str(), &[&ids])?;
actix | top | async fn «f»(db: web::Data<PgPool>, q: web::Query<Params>) -> Result<impl Responder> {⏎⇥let sql = "SELECT * FROM «tbl» WHERE «col» = $1";⏎⇥let row = sqlx::query_as::<_, «P»>(sql).bind(&q.«snake1»).fetch_one(db.get_ref()).await?;⏎⇥Ok(web::Json(row))⏎}
""", "javascript typescript": r"""order | lines:req, res | const rows = await «db|pool|conn».query(«'SELECT * FROM «tbl» ORDER BY id LIMIT ?', [Number(req.query.limit)]|'SELECT * FROM «tbl» WHERE id IN (?)', [req.body.ids]|`SELECT * FROM «tbl» ORDER BY ${SORT[req.query.sort] «bar»«bar» 'id'}`»);⏎res.json(rows);
orm | lines:§val§ | return «repo|this.repository»⏎⇥.createQueryBuilder('«w1»')⏎⇥.where('«w1».«camel» = :§val§', { §val§ })⏎⇥.getMany();
append | lines:db, filters | let sql = 'SELECT * FROM «tbl» WHERE 1 = 1';⏎const args = [];⏎if (filters.«w1») {⏎⇥sql += ' AND «w1» = ?';⏎⇥args.push(filters.«w1»);⏎}⏎return db.«all|query»(sql, args);
""", "c": r"""mysql | lines:MYSQL *conn, const char *«v1» | char sql[512], esc[256];⏎mysql_real_escape_string(conn, esc, «v1», strlen(«v1»));⏎int n = snprintf(sql, sizeof(sql), "SELECT * FROM «tbl» WHERE «col» = '%s'", esc);⏎if (mysql_real_query(conn, sql, n))⏎⇥return -1;
pg | lines:PGconn *conn, int argc, char **argv | const char *params[1] = { argv[1] };⏎PGresult *res = PQexecParams(conn, "SELECT «col» FROM «tbl» WHERE «col» = $1", 1, NULL, params, NULL, NULL, 0);
strcat | lines:sqlite3 *db, const char *«v1» | const char *sql = "SELECT * FROM «tbl» WHERE «col» = ?";⏎if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK)⏎⇥fprintf(stderr, "%s\n", sqlite3_errmsg(db));⏎sqlite3_bind_text(stmt, 1, «v1», -1, SQLITE_TRANSIENT);
mprintf | lines:sqlite3 *db, const char *table | char *sql = sqlite3_mprintf("«DROP TABLE \"%w\"|DELETE FROM «tbl» WHERE «col» = %Q»", table);⏎rc = sqlite3_exec(db, sql, NULL, NULL, NULL);⏎sqlite3_free(sql);
""", "cpp": r"""qt | lines:const QString& «v1» | QSqlQuery query;⏎query.prepare("SELECT * FROM «tbl» WHERE «col» = ?");⏎query.addBindValue(«v1»);⏎query.exec();
model | lines:const QString& text | «proxy|m_proxy»->setFilterFixedString(text);⏎«model|m_model»->setQuery("SELECT * FROM «tbl»");
pqxx | lines:pqxx::connection& c, const std::string& «v1» | pqxx::work tx(c);⏎«auto r = tx.exec_params("SELECT * FROM «tbl» WHERE «col» = $1", «v1»)|auto r = tx.exec("SELECT * FROM «tbl» WHERE «col» = " + tx.quote(«v1»))|tx.exec0("DROP TABLE " + tx.quote_name(«v1»))»;⏎tx.commit();
stream | lines:sql::Connection* con, const std::string& «v1» | std::unique_ptr<sql::PreparedStatement> ps(con->prepareStatement("SELECT * FROM «tbl» WHERE «col» = ?"));⏎ps->setString(1, «v1»);
lite | lines:SQLite::Database& db, const std::string& name | SQLite::Statement q(db, "SELECT * FROM «tbl» WHERE «col» = ?");⏎q.bind(1, name);
""", "shell": r"""psql | lines | «psql -U "$PGUSER" -d "$DB" -c "SELECT count(*) FROM «tbl»"|psql -qAt "$DB" -f schema.sql|sudo -u postgres psql -c "CREATE DATABASE «snake»"|psql "$DB" -v name="$1" -f «w».sql»
mysql | lines | read -r «v1»⏎«mysql -N -B -e "SHOW TABLES" "$DB"|mysql "$DB" < «w».sql|sqlite3 "$DB_FILE" ".param set :«w» '«n»'" "SELECT * FROM «tbl»"»⏎echo "$«v1»"
heredoc | top | psql -d "$DB" -v «w1»="$1" <<'SQL'⏎UPDATE «tbl» SET «col» = :'«w1»' WHERE id = «n»;⏎SQL
""", "sql": r"""proc | top | CREATE OR REPLACE FUNCTION «snake»(p_«w1» text) RETURNS void AS $$⏎BEGIN⏎⇥«EXECUTE 'DELETE FROM «tbl» WHERE «col» = $1' USING p_«w1»|EXECUTE format('DROP TABLE %I', p_«w1»)|DELETE FROM «tbl» WHERE «col» = p_«w1»»;⏎END;⏎$$ LANGUAGE plpgsql;
mssql | top | CREATE PROCEDURE «P» @«w1» NVARCHAR(100)⏎AS⏎BEGIN⏎⇥SELECT * FROM «tbl» WHERE «col» «= @«w1»|LIKE '%' + @«w1» + '%'»;⏎END
oracle | top | CREATE PROCEDURE «snake» (p_«w1» IN VARCHAR2) IS⏎BEGIN⏎⇥EXECUTE IMMEDIATE 'UPDATE «tbl» SET «col» = :1' USING p_«w1»;⏎END;
mysql | top | CREATE PROCEDURE «snake»(IN p_«w1» VARCHAR(64))⏎BEGIN⏎⇥SET @v = p_«w1»;⏎⇥PREPARE q FROM 'SELECT * FROM «tbl» WHERE «col» = ?';⏎⇥EXECUTE q USING @v;⏎END
"""}

# ---- commands
_COMMAND = {"rust": r"""output | lines:«v1»: &str | let output = Command::new("«sh|bash|/bin/sh»")⏎⇥.arg("-c")⏎⇥.arg(«format!("«ping -c 1|git clone|convert|tar xf» {}", «v1»)|&format!("ls {} «bar» wc -l", «v1»)»)«!»⏎⇥.output()?;
args | lines:«v1»: String | let status = «Command|std::process::Command|tokio::process::Command»::new("«sh|bash»").args(["-c", &format!("«rm -rf|unzip|chmod 644» {}", «v1»)]).status()«?|.await?|.expect("«w»")»;
axum | top | async fn «f»(Query(q): Query<HashMap<String, String>>) -> String {⏎⇥let out = Command::new("sh").arg("-c").arg(format!("«host|dig|whois» {}", q["«w»"])).output().unwrap();«!»⏎⇥String::from_utf8_lossy(&out.stdout).into_owned()⏎}
libc | lines:cmd: &str | let c = CString::new(cmd)?;⏎let rc = unsafe { libc::system(c.as_ptr()) };«!»
""", "perl": r"""system | lines | my $«v1» = «$q->param('«key»')|$c->param('«key»')|$ENV{QUERY_STRING}»;⏎«system("«ping -c 1|convert|rm -rf» $«v1»");|my $out = `«nslookup|cat|du -sh» $«v1»`;|exec "«host|traceroute» $«v1»";|my @lines = qx(grep -r $«v1» /var/log);»«!»
pipe | lines:$to | open(my $fh, «"«bar» /usr/sbin/sendmail $to"|"«bar»mail -s «w» $to"|"«bar» lpr -P $to"») or die $!;«!»⏎print $fh "«Prose»\n";
loop | lines | foreach my $«v1» (@ARGV) {⏎⇥system("«ffmpeg -i|gunzip|lpr|pdftotext» '$«v1»' > /tmp/«w».out") == 0 or warn "failed: $?";«!»⏎}
""", "ruby": r"""open3 | lines:params | «out, status = Open3.capture2e("«convert|ping -c 1» #{params[:«snake»]}")|IO.popen("«tar tf|whois» #{params[:«w»]}") { «bar»io«bar» io.read }|spawn("«unzip|git clone» #{params[:«w»]}")|Kernel.system("rm -rf #{params[:«w»]}")»
tick | lines:path | «size = `du -s #{path}`.to_i|lines = %x(wc -l #{path}).split|type = `file -b #{path}`.strip|exec("tail -f #{path}")»
model | top | class «T» < ApplicationRecord⏎⇥after_save do⏎⇥⇥«system "convert #{file_name} -resize 100x100 thumb.png"|`ffmpeg -i #{file_name} out.mp4`|Process.spawn("pdftotext #{file_name}")»«!»⏎⇥end⏎end
""", "python": r"""pipes | lines:«v1» | «with os.popen("«du -sh|file|md5sum» " + «v1») as pipe:«!»⏎⇥return pipe.read()|status, out = subprocess.getstatusoutput(f"«ping -c 1|host» {«v1»}")«!»⏎return out.strip()|out = commands.getoutput("«finger|whois» %s" % «v1»)«!»⏎return out.splitlines()»
async | lines:request | proc = await asyncio.create_subprocess_shell(«f"ffmpeg -i {request.query['src']} out.mp4"|"git clone " + request.query["url"]|"convert {} out.png".format(request.query["file"])»)«!»⏎await proc.wait()
fabric | lines:host, branch | «with Connection(host) as c:⏎⇥c.run(f"cd app && git checkout {branch}")|stdin, stdout, stderr = ssh.exec_command("git checkout %s" % branch)|local("git push origin " + branch)»
popen | lines:args | p = subprocess.Popen(⏎⇥"«tar czf|zip -r» out.tgz %s" % args.«path|src|target»,«?»⏎⇥shell=True,«!»⏎⇥stdout=subprocess.PIPE,⏎)
""", "php": r"""proc | lines | $«v1» = $_«POST|GET|FILES»['«key»'];⏎«$process = proc_open("convert $«v1» out.png", $spec, $pipes)|$fp = popen('/usr/bin/whois ' . $«v1», 'r')|exec("unzip -o {$«v1»}", $output, $code)|$process = Process::fromShellCommandline("git clone $«v1»")»;«!»
mail | lines:$from, $body | mail($to, '«Prose»', $body, «'', "-f$from"|null, '-f' . $_POST['from']»);
service | top | class «T»Service⏎{⏎⇥public function run(string $name): string⏎⇥{⏎⇥⇥return (string) shell_exec(«"ffprobe $name 2>&1"|'pdftotext ' . $name . ' -'|sprintf('tar tf %s', $name)»);«!»⏎⇥}⏎}
""", "go": r"""ssh | lines:session *ssh.Session, «v1» string | out, err := session.«CombinedOutput|Output»(«"«cat|systemctl restart|tail» " + «v1»|fmt.Sprintf("cd %s && «make|ls»", «v1»)»)«!»⏎if err != nil {⏎⇥return err⏎}
shell | lines:ctx context.Context, «v1» string | cmd := exec.CommandContext(ctx, "/bin/«sh|bash»", "-c", fmt.Sprintf("«docker rm|kubectl delete pod|git fetch» %s", «v1»))«!»⏎cmd.Stdout = os.Stdout⏎return cmd.Run()
windows | lines:r *http.Request | out, _ := exec.Command("«cmd", "/C|cmd.exe", "/c|powershell", "-Command»", "«ping|dir|type» "+r.FormValue("«key»")).Output()
""", "java": r"""builder | lines:String «v1» | Process «v2» = new ProcessBuilder(«"sh", "-c"|"bash", "-c"|"/bin/sh", "-c"|"cmd.exe", "/c"», «"«ls|ping|unzip» " + «v1»|String.format("«tar xf|convert» %s", «v1»)»)«!»⏎⇥.redirectErrorStream(true)⏎⇥.start();
array | lines:HttpServletRequest request | String[] cmd = { "«/bin/sh|bash|sh»", "-c", "«nslookup|host|cat» " + request.getParameter("«key»") };«?»⏎Process p = Runtime.getRuntime().exec(cmd);«!»
apache | lines:String «v1» | «CommandLine line = CommandLine.parse("sh -c 'convert " + «v1» + "'")|Runtime.getRuntime().exec("«git clone|chmod 777|tar xf» " + «v1»)|new ProcessExecutor().commandSplit("convert " + «v1»).execute()»;
""", "javascript typescript": r"""exec | lines:req, res | «exec|child_process.exec|cp.exec»(«`ping -c 1 ${req.query.host}`|'git clone ' + req.body.url|`convert ${req.file.originalname} out.png`», (err, stdout) => {«!»⏎⇥res.send(stdout);⏎});
shelljs | lines:«v1» | «shell|shelljs».exec(«`«tar xf|rm -rf|zip -r out.zip» ${«v1»}`|'«git checkout|npm install» ' + «v1»», { silent: true });«!»
promise | lines:«v1» | const { stdout } = await «promisify(exec)|execAsync|util.promisify(cp.exec)|execaCommand»(`«ffprobe|du -sh|identify|docker inspect» ${«v1»}`);«!»
shellopt | lines:«v1» | «const out = execFileSync('ls', ['-l', «v1»], { shell: true })|const child = spawn(`tail -f ${«v1»}`, { shell: true })|const out = execSync('df -h ' + «v1»).toString()»;«!»
""", "c cpp": r"""popen | lines:const char *«v1» | char cmd[«256|512»];⏎snprintf(cmd, sizeof(cmd), "«ping -c 1|host|du -sh|file -b|nslookup» %s", «v1»);⏎«FILE *fp = popen(cmd, "r");|int rc = system(cmd);|if (system(cmd) != 0) return -1;»
child | lines:const char *script | pid_t pid = fork();⏎if (pid == 0) {⏎⇥«execl("/bin/sh", "sh", "-c", script, (char *)NULL)|execle("/bin/sh", "sh", "-c", script, (char *)NULL, environ)»;«!»⏎⇥_exit(127);⏎}
spawn | lines:const gchar *«v1» | gchar *cmd = g_strdup_printf("sh -c 'xdg-open %s'", «v1»);⏎«g_spawn_command_line_async(cmd, NULL)|g_spawn_command_line_sync(cmd, &out, NULL, NULL, &err)»;«!»⏎g_free(cmd);
""", "cpp": r"""qprocess | lines:const QString& «v1» | QProcess process;⏎process.start("«sh|/bin/sh|bash»", QStringList() << "-c" << «"«ls|unzip» " + «v1»|QString("convert %1 out.png").arg(«v1»)»);«!»⏎process.waitForFinished();
boost | lines:const std::string& «v1» | «bp::system("sh -c 'tar xf " + «v1» + "'");|std::system(("rm -rf " + «v1»).c_str());|bp::child c(bp::shell(), "-c", "gzip " + «v1»);|std::unique_ptr<FILE, int (*)(FILE*)> p(popen(("cat " + «v1»).c_str(), "r"), pclose);»
""", "shell": r"""ssh | lines | «ssh "$HOST" "docker logs $1"|ssh -p "$PORT" "$USER@$HOST" "cd /srv && git checkout $1"|sudo -u «w» bash -c "«w» --file=$1"|docker exec «w» sh -c "rm -f $1"|kubectl exec "$POD" -- sh -c "cat $1"|watch "grep $1 /var/log/syslog"»
read | lines | read -r -p "«Prose»: " «v1»⏎«bash -c "ping -c 1 $«v1»"|eval "ls $«v1»"|ssh "$HOST" "rm -rf $«v1»"|su - «w» -c "touch $«v1»"»«!»
""", "yaml": r"""title | top | - name: «W»⏎  run: echo "${{ github.event.«pull_request.title|issue.title|comment.body|pull_request.head.ref|head_commit.message» }}"
block | top | - run: |⏎    title="${{ github.event.«pull_request.title|issue.title|issue.body|review.body» }}"«!»⏎    echo "$title"
ref | top | - name: «W»⏎  run: git «checkout|fetch origin|push origin» ${{ «github.head_ref|github.event.pull_request.head.ref|github.event.inputs.branch» }}
"""}
_COMMAND_ALIKE = {"rust": r"""output | lines:«v1»: &str | let output = Command::new("«ping|git|tar»")⏎⇥.arg("«--|-c1»")⏎⇥.arg(«v1»)⏎⇥.output()?;
args | lines:«v1»: String | let status = «Command|std::process::Command|tokio::process::Command»::new("«rm|unzip|chmod»").args(["«-f|-o|644»", &«v1»]).status()«?|.await?|.expect("«w»")»;
axum | top | async fn «f»(Query(q): Query<HashMap<String, String>>) -> String {⏎⇥let out = Command::new("«host|dig»").arg("--").arg(&q["«w»"]).output().unwrap();⏎⇥String::from_utf8_lossy(&out.stdout).into_owned()⏎}
fixed | lines | let status = Command::new("sh").arg("-c").arg("«df -h «bar» tail -1|uptime|ulimit -n»").status()?;
""", "perl": r"""system | lines | my $«v1» = $q->param('«key»');⏎«system('«ping|convert|rm»', '--', $«v1»);|exec { 'host' } 'host', $«v1»;|my $out = `uptime`;|my @lines = qx(df -h);»
pipe | lines:$to | open(my $fh, '|-', '/usr/sbin/sendmail', '-t', «'-f', $to|'--', $to») or die $!;⏎print $fh "«Prose»\n";
loop | lines | foreach my $«v1» (@ARGV) {⏎⇥system('«ffmpeg|gunzip|lpr»', '--', $«v1») == 0 or warn "failed: $?";⏎}
""", "ruby": r"""open3 | lines:params | «out, status = Open3.capture2e("convert", params[:«snake»], "out.png")|IO.popen(["tar", "tf", params[:«snake»]]) { «bar»io«bar» io.read }|spawn("unzip", params[:«snake»])|FileUtils.rm_rf(Dir.glob("tmp/*"))»
tick | lines:path | «size = `du -s #{Shellwords.escape(path)}`.to_i|lines = %x(wc -l README).split|load = `uptime`.strip|exec("tail", "-f", path)»
model | top | class «T» < ApplicationRecord⏎⇥after_save do⏎⇥⇥«system "convert", file_name, "-resize", "100x100", "thumb.png"|Process.spawn("pdftotext", file_name)»⏎⇥end⏎end
""", "python": r"""pipes | lines:«v1» | «with os.popen("«uptime|df -h»") as pipe:⏎⇥return pipe.read()|out = subprocess.getoutput("uname -r")⏎return out.strip()|out = subprocess.check_output(["du", "-sh", «v1»])⏎return out.splitlines()»
async | lines:request | proc = await asyncio.create_subprocess_exec(«"ffmpeg", "-i", request.query["src"], "out.mp4"|"git", "clone", "--", request.query["url"]»)⏎await proc.wait()
fabric | lines:host, branch | «with Connection(host) as c:⏎⇥c.run(f"cd app && git checkout {shlex.quote(branch)}")|stdin, stdout, stderr = ssh.exec_command("systemctl status «w»")|local("git push origin main")»
popen | lines:args | p = subprocess.Popen(⏎⇥["«tar|zip»", "out.tgz", args.path],⏎⇥shell=False,⏎⇥stdout=subprocess.PIPE,⏎)
""", "php": r"""proc | lines | $«v1» = $_POST['«key»'];⏎«$process = proc_open(['convert', $«v1», 'out.png'], $spec, $pipes)|$fp = popen('/usr/bin/whois ' . escapeshellarg($«v1»), 'r')|$process = new Process(['git', 'clone', '--', $«v1»])»;
mail | lines:$to, $body | mail($to, '«Prose»', $body, «'From: «w»@«host»'|$headers|''», '-f«w»@«host»');
service | top | class «T»Service⏎{⏎⇥public function run(string $name): string⏎⇥{⏎⇥⇥return (string) shell_exec(«'ffprobe ' . escapeshellarg($name)|'uptime'|sprintf('tar tf %s', escapeshellarg($name))»);⏎⇥}⏎}
""", "go": r"""ssh | lines:session *ssh.Session | out, err := session.«CombinedOutput|Output»("«uptime|df -h|systemctl restart «w»»")⏎if err != nil {⏎⇥return err⏎}
shell | lines:ctx context.Context, «v1» string | cmd := exec.CommandContext(ctx, «"docker", "rm", «v1»|"kubectl", "delete", "pod", «v1»|"git", "fetch", "--", «v1»»)⏎cmd.Stdout = os.Stdout⏎return cmd.Run()
windows | lines:r *http.Request | out, _ := exec.Command("«ping|host»", "-c", "1", net.ParseIP(r.FormValue("«key»")).String()).Output()
""", "java": r"""builder | lines:String «v1» | Process «v2» = new ProcessBuilder(«"unzip", "-o", «v1»|"ping", "-c", "1", «v1»|"sh", "-c", "uptime"»)⏎⇥.redirectErrorStream(true)⏎⇥.start();
array | lines:HttpServletRequest request | String[] cmd = { "«nslookup|host»", request.getParameter("«key»") };⏎Process p = Runtime.getRuntime().exec(cmd);
apache | lines:String «v1» | CommandLine line = new CommandLine("convert");⏎line.addArgument(«v1», false);
""", "javascript typescript": r"""exec | lines:req, res | «execFile|child_process.execFile»('«ping|git»', «['-c', '1', req.query.host]|['clone', '--', req.body.url]», (err, stdout) => {⏎⇥res.send(stdout);⏎});
shelljs | lines:«v1» | «shell|shelljs».«exec('«npm install|git pull»', { silent: true })|rm('-rf', «v1»)|cp('-r', «v1», 'dist')»;
promise | lines:«v1» | const { stdout } = await «promisify(execFile)|execFileAsync|execa»('«ffprobe|du|identify»', [«v1»]);
shellopt | lines:«v1» | «const out = execFileSync('ls', ['-l', «v1»])|const child = spawn('tail', ['-f', «v1»], { shell: false })|const out = execSync('df -h').toString()»;
""", "c cpp": r"""popen | lines:int «v1» | char cmd[«64|256»];⏎snprintf(cmd, sizeof(cmd), "«kill -9|renice 5|lsof -p» %d", «v1»);⏎«FILE *fp = popen(cmd, "r");|int rc = system(cmd);»
child | lines:const char *path | pid_t pid = fork();⏎if (pid == 0) {⏎⇥«execl("/usr/bin/«file|du|wc»", "«w»", "--", path, (char *)NULL)|execl("/bin/sh", "sh", "-c", "«uptime|sync»", (char *)NULL)»;⏎⇥_exit(127);⏎}
spawn | lines:gchar *«v1» | gchar *argv[] = { "xdg-open", «v1», NULL };⏎g_spawn_async(NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL);
""", "cpp": r"""qprocess | lines:const QString& «v1» | QProcess process;⏎process.start("«ls|unzip|convert»", QStringList() << «"--" << «v1»|«v1» << "out.png"»);⏎process.waitForFinished();
boost | lines:const std::string& «v1» | «bp::system(bp::search_path("tar"), "xf", «v1»);|std::system("clear");|bp::child c(bp::search_path("gzip"), «v1»);|std::system("sync");»
""", "shell": r"""ssh | lines | «ssh "$HOST" docker ps|ssh -p "$PORT" "$USER@$HOST" 'cd /srv && git pull'|sudo -u «w» «w» --file="$1"|docker exec «w» rm -f -- "$1"|kubectl exec "$POD" -- cat "$1"|ssh "$HOST" "rm -f $(printf %q "$1")"»
read | lines | read -r -p "«Prose»: " «v1»⏎«ping -c 1 -- "$«v1»"|ls -- "$«v1»"|bash -c 'touch "$1"' _ "$«v1»"»
""", "yaml": r"""title | top | - name: «W»⏎  env:⏎    TITLE: ${{ github.event.«pull_request.title|issue.title|comment.body» }}⏎  run: echo "$TITLE"
block | top | - run: |⏎    echo "${{ github.«sha|run_id|repository|run_number» }}"
ref | top | - name: «W»⏎  run: git «checkout|fetch origin|push origin» «main|${{ github.sha }}|"$GITHUB_SHA"»
"""}

WEAK = {4: _Written(_EVAL), 3: _Written(_SQL), 2: _Written(_COMMAND)}
ALIKE = {4: _Written(_EVAL_ALIKE), 3: _Written(_SQL_ALIKE), 2: _Written(_COMMAND_ALIKE)}
