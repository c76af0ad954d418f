# SPDX-License-Identifier: Apache-2.0
"""Code evaluation: a value becomes code; harmless when it is parsed as data, looked up, or a fixed text."""
from .family import Family

_PAYLOADS = ["", "", "", "«w»(«X»)", "return «X»", "«v» = «X»", "«X» + 1", "(«X»)", "«w».«X»", "«w».«X»()", "1 + «X»"]

_C_SINKS = """
PyRun | expr | PyRun_SimpleString⟦§⟧
luaL_dostring | expr | luaL_dostring⟦«L|lua»¦§⟧
PyRun_String | expr | PyRun_String⟦§¦Py_eval_input¦«v»¦«v»⟧
luaL_loadstring | expr | luaL_loadstring⟦«L|state»¦§⟧
duk_eval | stmt | duk_eval_string⟦ctx¦§⟧
Tcl_Eval | expr | Tcl_Eval⟦interp¦§⟧
JS_Eval | expr | JS_Eval⟦ctx¦§¦strlen(§)¦"<«w»>"¦0⟧
"""

EVAL = Family(
    4, "code-eval", held_out_language="typescript", param_share=0.4, casts=False, guards=False, literals=False, value_names=tuple(
        "expr code formula source expression text input script cmd value".split()),
    text_names=tuple("code expr source script text body".split()),
    flow_share=0.85,
    payloads={"*": _PAYLOADS, "javascript typescript": _PAYLOADS + ["({«X»})", "var «v» = «X»;", "return («X»);", "this.«X»"],
              "php": _PAYLOADS + ["return «X»;", "$«v» = «X»;", "?>«X»"], "cpp c java go csharp perl": ["", "", "return «X»"]},
    constants={"python": ["1 + 1", "«w».«w»", "import «w»", "lambda x: x * «n»", "__import__('«w»').«C»"],
               "*": ["1 + 1", "return 1", "«w»()", "2 * «n»"]},
    sinks={
        "python": """
eval | expr | eval⟦«E»⟧
exec | stmt | exec⟦«E»⟧
eval.ns | expr | eval⟦«E»¦{}¦«v»⟧
exec.ns | stmt | exec⟦«E»¦«globals()|«v»|{}»«|¦locals()»⟧
exec.compile | stmt | exec⟦compile(«E», "«<string>|<w>|«w»»", "exec")⟧
eval.globals | expr | eval⟦«E»¦globals()⟧
builtins | expr | «builtins|__builtins__».«eval|exec»⟦«E»⟧
eval.compile | expr | eval⟦compile(«E», "<expr>", "eval")⟧
pandas.eval | expr | «pd|df|frame».eval⟦«E»⟧
numexpr | expr | «ne|numexpr».evaluate⟦«E»⟧
from_string | expr | «Environment()|env|jinja2.Template("")».from_string⟦«E»⟧.render()
render_template_string | expr | render_template_string⟦«E»⟧
runsource | expr | «console|code.InteractiveInterpreter()».runsource⟦«E»⟧
Template | expr | «jinja2.Template|Template»⟦«E»⟧.render(«w»=«v»)
timeit | expr | timeit.timeit⟦«E»⟧
importlib | expr | __import__⟦«E»⟧
""",
        "javascript typescript": """
eval | expr | eval⟦«E»⟧
Function | expr | new Function⟦«E»⟧
Function2 | expr | new Function⟦'«w»'¦«E»⟧«|()|(«v»)»
vm.context | expr | vm.runIn«This|New»Context⟦«E»«|¦«v»»⟧
setTimeout | stmt | setTimeout⟦«E»¦«n»⟧
window.eval | expr | «window|global|globalThis».eval⟦«E»⟧
setInterval | stmt | «window.|»setInterval⟦'«f»(' + «E» + ')'¦«n»⟧
vm.Script | expr | new vm.Script⟦«E»⟧
evalindirect | expr | (0, eval)⟦«E»⟧
FunctionCall | expr | Function⟦«E»⟧()
execScript | expr | «page|browser|driver».«evaluate|executeScript»⟦«E»⟧
""",
        "php": """
eval | stmt | eval⟦«E»⟧
assert | expr | assert⟦«E»⟧
create_function | expr | create_function⟦'$a'¦«E»⟧
include.data | expr | «include|require» 'data://text/plain,' . «E»
call_user_func | expr | call_user_func⟦«E»«|¦$«v»»⟧
preg_e | expr | preg_replace⟦'/«w»/e'¦«E»¦$«v»⟧
""",
        "ruby": """
eval | expr | eval⟦«E»⟧
instance_eval | expr | «v».instance_eval⟦«E»⟧
class_eval | expr | «T».class_eval⟦«E»⟧
binding | expr | binding.eval⟦«E»⟧
send | expr | «v».«public_send|send|__send__»⟦«E»⟧
erb | expr | ERB.new⟦«E»⟧.result(binding)
constantize | expr | («E»).constantize.new
module_eval | expr | «T».module_eval⟦«E»¦__FILE__¦__LINE__⟧
""",
        "perl": """
eval | expr | eval⟦«E»⟧
evalstr | lines | my $«v» = eval «E»;
do | expr | do { eval «E» }
eval.die | lines | eval «E» or die $@;
""",
        "java": """
engine.eval | expr | «engine|scriptEngine|js».eval⟦«E»⟧
spel | expr | «parser|spelParser|new SpelExpressionParser()».parseExpression⟦«E»⟧.getValue(«|«v»»)
groovy | expr | «shell|new GroovyShell()».«evaluate|parse»⟦«E»⟧
ognl | expr | Ognl.getValue⟦«E»¦«v»¦root⟧
mvel | expr | MVEL.eval⟦«E»«|¦«v»»⟧
jexl | expr | jexl.createExpression⟦«E»⟧.evaluate(context)
nashorn | expr | new ScriptEngineManager().getEngineByName("«nashorn|js|groovy»").eval⟦«E»⟧
el | expr | factory.createValueExpression⟦context¦«E»¦Object.class⟧
""",
        "go": """
otto | expr | «vm|otto.New()».Run⟦«E»⟧
goja | expr | «vm|goja.New()».RunString⟦«E»⟧
yaegi | expr | «i|interp.New(interp.Options{})».Eval⟦«E»⟧
lua | expr | «L|state».DoString⟦«E»⟧
template | expr | template.New("«w»").Parse⟦«E»⟧
""",
        "c": _C_SINKS.replace("§", "«E»"), "cpp": _C_SINKS.replace("§", "«Ec»"),
        "csharp": """
CSharpScript | expr | CSharpScript.EvaluateAsync⟦«E»⟧
Compute | expr | new DataTable().Compute⟦«E»¦""⟧
CompileAssembly | expr | provider.CompileAssemblyFromSource⟦«v»¦«E»⟧
engine | expr | «engine|new Engine()».«Execute|Evaluate»⟦«E»⟧
InvokeScript | expr | browser.InvokeScript⟦"eval"¦«E»⟧
""",
        "rust": """
rhai | expr | «engine|Engine::new()».eval::<«i64|String|Dynamic»>⟦&«E»⟧
lua | expr | lua.load⟦&«E»⟧.exec()
pyo3 | expr | py.«run|eval»⟦&«E»¦None¦None⟧
boa | expr | context.eval⟦Source::from_bytes(&«E»)⟧
deno | expr | runtime.execute_script⟦"<«w»>"¦«E»⟧
""",
    },
    bound={
        "python": """
literal_eval | expr | ast.literal_eval⟦«X»⟧
literal_eval2 | expr | literal_eval⟦«X»⟧
json.loads | expr | json.loads⟦«X»⟧
int | expr | int⟦«X»⟧
getattr | expr | getattr⟦self¦"handle_" + «X»¦None⟧
dispatch | expr | «C»_HANDLERS[«X»]⟦«v»⟧
ast.parse | expr | ast.parse⟦«X»⟧
name | expr | eval_«w»⟦«X»⟧
evaluate | expr | «model|self.model|expr».«eval|evaluate»⟦«X»⟧
executor | expr | executor.submit⟦«f»¦«X»⟧
Template | expr | render_template⟦"«w».html"¦«w»=«X»⟧
re.compile | expr | re.compile⟦re.escape(«X»)⟧
""",
        "javascript typescript": """
JSON.parse | expr | JSON.parse⟦«X»⟧
Number | expr | Number⟦«X»⟧
setTimeout | stmt | setTimeout⟦() => «f»(«X»)¦«n»⟧
setTimeout | stmt | setTimeout⟦«f»¦«n»¦«X»⟧
setInterval | stmt | setInterval⟦function () { «f»(«X»); }¦«n»⟧
handlers | expr | handlers[«X»]⟦⟧
evaluate | expr | evaluate«P»⟦«X»⟧
math | expr | parser.evaluate«W»⟦«X»⟧
page.eval | expr | page.$eval⟦'#«dash»'¦el => el.«w»¦«X»⟧
""",
        "php": """
json_decode | expr | json_decode⟦«X»¦true⟧
call_user_func | expr | call_user_func⟦[$this, '«camel»']¦«X»⟧
intval | expr | intval⟦«X»⟧
name | expr | $this->evaluate«P»⟦«X»⟧
""",
        "ruby": """
json | expr | JSON.parse⟦«X»⟧
send | expr | «v».public_send⟦:«w»¦«X»⟧
instance_eval | expr | «v».instance_eval { @«w» = «X» }
integer | expr | Integer⟦«X»⟧
name | expr | evaluate_«w»⟦«X»⟧
""",
        "perl": """
evalblock | lines | eval { «f»(«X»); 1 } or warn $@;
decode | expr | decode_json⟦«X»⟧
""",
        "java": """
readValue | expr | mapper.readValue⟦«X»¦«P».class⟧
evaluate | expr | «evaluator|model».evaluate⟦«X»⟧
parseInt | expr | Integer.parseInt⟦«X»⟧
xpath | expr | xpath.eval«P»⟦«X»⟧
""",
        "go": """
atoi | expr | strconv.Atoi⟦«X»⟧
json | expr | json.Unmarshal⟦[]byte(«X»)¦&«v»⟧
eval | expr | «model|m|policy».Eval«W»⟦«X»⟧
template | expr | tmpl.Execute⟦w¦«X»⟧
""",
        "c cpp": """
eval | expr | eval_«w»⟦«v»¦«v»⟧
evaluate | expr | «w»_evaluate⟦«v»⟧
lua_call | expr | lua_pcall⟦L¦1¦0¦0⟧
""",
        "csharp": """
deserialize | expr | JsonSerializer.Deserialize<«P»>⟦«X»⟧
parse | expr | int.Parse⟦«X»⟧
evaluate | expr | _model.Evaluate⟦«X»⟧
""",
        "rust": """
parse | expr | «X».parse::<i64>⟦⟧
serde | expr | serde_json::from_str::<Value>⟦&«X»⟧
evaluate | expr | self.evaluate⟦&«X»⟧
""",
    },
    weak={
        "html": """
onclick | top | <button onclick="eval(document.getElementById('«w»').value)">«W»</button>
href | top | <a href="javascript:eval(location.hash.slice(1))">«w»</a>
""",
        "shell": """
pythonc | lines | python«3|» -c "$«1|2|«v»»"
perle | lines | perl -e "$«1|«v»»"
nodee | lines | node -e "console.log($«1|2|«v»»)"
pythonc2 | lines | python3 -c "import «w»; «w».«verb»('$«1|«v»»')"
rubye | lines | ruby -e "puts $«1|«v»»"
awk | lines | awk "BEGIN { print $«1|2|«v»» }"
php | lines | php -r "echo $«1|«v»»;"
""",
    },
    alike={
        "html": """
onclick | top | <button onclick="«camel»(this.value)">«W»</button>
href | top | <a href="#«w»">«Prose»</a>
""",
        "shell": """
pythonc | lines | python3 -c "import «w»; print(«w».__version__)"
perle | lines | perl -e 'print "«w»\\n"'
awk | lines | awk -v «w»="$«v»" 'BEGIN { print «w» }'
pythonf | lines | python3 «w».py "$«1|«v»»"
nodee | lines | node «w».js --«dash» "$«v»"
""",
        "python": """
model.eval | stmt | «model|net|self.model|encoder».eval⟦⟧
def | lines | def eval(self, «v»):⏎⇥return self.«f»(«v»)
torch | stmt | self.«fld».eval⟦⟧
comment | lines | # never eval() the «w» here
const | expr | eval⟦"«n» * «n»"⟧
doctest | lines | eval_«w» = self.evaluate(«v»)
log | stmt | logger.debug⟦"exec of %s took %d ms"¦«v»¦«v»⟧
execute | expr | self.execute⟦«v»⟧
exec_time | lines | exec_time = time.time() - «v»
""",
        "javascript typescript": """
comment | lines | // no eval here: «prose»
regex | expr | /^«w»$/.exec⟦«v»⟧
fn | lines | const «v» = function («v») { return «v»; };
typeof | expr | typeof «v» === 'function'
isfn | lines | if (!(«v» instanceof Function)) throw new TypeError('«prose»');
""",
        "php": """
comment | lines | // eval() is off: «prose»
method | expr | $this->evaluate⟦$«v»⟧
is_callable | expr | is_callable⟦$«v»⟧
""",
        "java": """
evaluator | expr | «evaluator|fitness».evaluate⟦«v»⟧
spel.const | expr | parser.parseExpression⟦"«w».«w»"⟧
""",
        "perl": """
evalblock | lines | eval { require «P»::«P»; };
die | lines | die $@ if $@;
""",
    },
)
