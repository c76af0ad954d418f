# SPDX-License-Identifier: Apache-2.0
"""Cross-site scripting: a value becomes markup; harmless as text, escaped, or from a fixed text."""
from .family import Family

_TAG = "«b|p|h1|h2|div|span|li|td|em|strong|pre|label»"
_PAYLOADS = ["<«tag1»>«X»</«tag1»>", "<div class=\"«dash»\">«X»</div>", "<p>«Prose»: «X»</p>", "«Prose», «X»!", "<a href=\"«X»\">«w»</a>",
             "<li>«X»</li>", "<h1>«Prose» «X»</h1>", "<img src=\"«X»\">", "<option value=\"«X»\">«w»</option>", "<td>«X»</td><td>«n»</td>",
             "<html><body>«X»</body></html>", "<input name=\"«w»\" value=\"«X»\">", "<span id=\"«dash»\">«X»</span>", "<script>var «w» = '«X»';</script>",
             "<title>«X»</title>", "<b>«X»</b>", "<p>No «w» found for «X»</p>", "<textarea>«X»</textarea>", "«X»<br>"]
_CONSTANTS = ["", "<p>«Prose»</p>", "<b>«w»</b>", "&nbsp;", "<div class=\"«dash»\"></div>", "<br>", "<h1>«Prose»</h1>", "<li>«w»</li>",
              "<i class=\"icon-«w»\"></i>", "<span>«n»</span>", "Loading..."]


def _Tags(texts):
    return [t.replace("«tag1»", _TAG.replace("«b|", "«b|", 1)) if t.count("«tag1»") == 1 else
            t.replace("«tag1»", "p") for t in texts]


_EL = "«el|element|node|container|box|output|panel|this.el|this.root|document.body|document.getElementById('«dash»')|" \
      "document.querySelector('.«dash»')|«v»»"

XSS = Family(
    11, "xss", held_out_language="csharp", param_share=0.25, tags=frozenset(("web", "dom", "data")), guards=True, value_names=tuple(
        "name comment message title q html text username body search content bio".split()),
    text_names=tuple("html body out markup content page output msg row".split()),
    flow_share=0.85,
    fits_escaped=lambda text: "script" not in text and "href" not in text and "src" not in text,
    payloads={"*": _Tags(_PAYLOADS), "javascript typescript": _Tags(_PAYLOADS) + ["", "", "", ""], "php": _Tags(_PAYLOADS) + [""] * 5,
              "ruby": _Tags(_PAYLOADS) + ["", ""]},
    constants={"*": _CONSTANTS},
    sinks={
        "javascript typescript": f"""
innerHTML | stmt | {_EL}.innerHTML = «E»
innerHTML | stmt | {_EL}.innerHTML += «E»
document.write | stmt | document.write⟦«E»⟧
jq.html | expr | $('«#|.»«dash»').html⟦«E»⟧
outerHTML | stmt | {_EL}.outerHTML = «E»
insertAdjacent | stmt | {_EL}.insertAdjacentHTML⟦'«beforeend|afterbegin|beforebegin»'¦«E»⟧
res.send | stmt | res«|.status(200)|.type('html')».send⟦«E»⟧
res.end | stmt | res.«end|write»⟦«E»⟧
jq.append | expr | «$('#«dash»')|$(this)|$el».«append|prepend|after|before»⟦«E»⟧
dangerous | lines | return <«div|span|p|section» dangerouslySetInnerHTML={{{{ __html: «E» }}}} />;
ctx.body | stmt | «ctx|this».body = «E»
writeln | stmt | document.writeln⟦«E»⟧
srcdoc | stmt | «frame|iframe|«v»».srcdoc = «E»
bypass | expr | this.«sanitizer|domSanitizer».bypassSecurityTrustHtml⟦«E»⟧
fragment | expr | «range|document.createRange()».createContextualFragment⟦«E»⟧
jq.dollar | expr | $⟦«E»⟧.appendTo('#«dash»')
reply.html | expr | «reply|h|res».«type('text/html').send|html|response»⟦«E»⟧
parseHTML | expr | $.parseHTML⟦«E»⟧
""".replace("{{{{", "{{").replace("}}}}", "}}"),
        "php": """
echo | lines | echo «E»;
print | lines | print «E»;
echo.paren | lines | echo(«E»);
printf | stmt | printf⟦'<p>%s</p>'¦«E»⟧
exit | stmt | «exit|die»⟦«E»⟧
print.paren | stmt | print⟦«E»⟧
response | expr | «new Response|response»⟦«E»⟧
body.write | expr | $response->getBody()->write⟦«E»⟧
raw | expr | new HtmlString⟦«E»⟧
""",
        "python": """
return | lines | return «E»
Markup | expr | «Markup|markupsafe.Markup|flask.Markup»⟦«E»⟧
mark_safe | expr | mark_safe⟦«E»⟧
HttpResponse | expr | HttpResponse⟦«E»⟧
make_response | expr | make_response⟦«E»⟧
self.write | stmt | self.write⟦«E»⟧
Response | expr | Response⟦«E»¦mimetype="text/html"⟧
format_html | expr | «format_html|SafeString|SafeText»⟦«E»⟧
wfile | expr | self.wfile.write⟦(«E»).encode()⟧
print.html | stmt | print⟦"Content-Type: text/html\\n\\n" + «E»⟧
HTMLResponse | expr | «HTMLResponse|web.Response»⟦«E»«|¦content_type="text/html"»⟧
render_string | expr | render_template_string⟦«E»⟧
innerhtml | expr | «st.markdown|display»⟦«E»¦unsafe_allow_html=True⟧
""",
        "java": """
writer.println | stmt | «out|writer|response.getWriter()|resp.getWriter()».«println|print|write»⟦«E»⟧
append | expr | response.getWriter().append⟦«E»⟧
ResponseBody | lines | return «E»;
loadData | stmt | webView.loadData⟦«E»¦"text/html"¦"utf-8"⟧
ok | expr | ResponseEntity.ok⟦«E»⟧
printf | expr | «response|resp».getWriter().printf⟦"<b>%s</b>"¦«E»⟧
setInnerHtml | stmt | element.«setInnerHTML|html|append»⟦«E»⟧
outputStream | stmt | response.getOutputStream().print⟦«E»⟧
""",
        "go": """
Fprintf | expr | fmt.Fprintf⟦w¦"<h1>%s</h1>"¦«E»⟧
Write | expr | w.Write⟦[]byte(«E»)⟧
template.HTML | expr | template.HTML⟦«E»⟧
Fprint | expr | fmt.«Fprint|Fprintln»⟦w¦«E»⟧
WriteString | expr | io.WriteString⟦w¦«E»⟧
c.HTML | stmt | c.Data⟦http.StatusOK¦"text/html"¦[]byte(«E»)⟧
c.HTMLecho | expr | c.HTML⟦http.StatusOK¦«E»⟧
template.JS | expr | template.«JS|HTMLAttr|URL»⟦«E»⟧
""",
        "ruby": """
html_safe | expr | («E»).html_safe
raw | expr | raw⟦«E»⟧
render.inline | stmt | render⟦«inline|html»: («E»).html_safe⟧
render.html | stmt | render html: «E»
content_tag | expr | content_tag⟦:div¦(«E»).html_safe⟧
response.write | stmt | response.write⟦«E»⟧
concat | stmt | safe_concat⟦«E»⟧
""",
        "csharp": """
Html.Raw | expr | Html.Raw⟦«E»⟧
Response.Write | stmt | Response.Write⟦«E»⟧
Content | expr | Content⟦«E»¦"text/html"⟧
InnerHtml | stmt | «lbl|div|panel».InnerHtml = «E»
Text | stmt | «literal|lbl«W»».Text = «E»
HtmlString | expr | new «HtmlString|MvcHtmlString|MarkupString»⟦«E»⟧
""",
        "perl": """
print | lines | print «E»;
print.h | lines | print "<p>" . «E» . "</p>\\n";
render | stmt | $c->render⟦text => «E»⟧
inline | stmt | $c->render⟦inline => «E»⟧
""",
        "rust": """
Html | expr | Html⟦«E»⟧
body | expr | HttpResponse::Ok().content_type("text/html").body⟦«E»⟧
PreEscaped | expr | PreEscaped⟦«E»⟧
set_inner | stmt | «el|element».set_inner_html⟦&«E»⟧
RawHtml | expr | RawHtml⟦«E»⟧
""",
    },
    bound={
        "javascript typescript": f"""
textContent | stmt | {_EL}.textContent = «X»
innerText | stmt | {_EL}.innerText = «X»
jq.html | expr | $('#«dash»').text⟦«X»⟧
createTextNode | stmt | {_EL}.appendChild⟦document.createTextNode(«X»)⟧
res.json | stmt | res.json⟦{{ «w»: «X» }}⟧
res.send | stmt | res.send⟦escapeHtml(«X»)⟧
res.render | stmt | res.render⟦'«w»'¦{{ «w»: «X» }}⟧
jsx | lines | return <«div|span|p»>{{«X»}}</«div|span|p»>;
setAttribute | stmt | {_EL}.setAttribute⟦'«data-«w»|title|alt»'¦«X»⟧
value | stmt | {_EL}.value = «X»
innerHTML | stmt | {_EL}.innerHTML = DOMPurify.sanitize⟦«X»⟧
jq.append | expr | $('<«li|p»>').text⟦«X»⟧.appendTo('#«dash»')
dangerous | lines | return <div dangerouslySetInnerHTML={{{{ __html: DOMPurify.sanitize(«X») }}}} />;
append | stmt | {_EL}.append⟦«X»⟧
console | stmt | console.log⟦«X»⟧
title | stmt | document.title = «X»
param | stmt | {_EL}.replaceChildren⟦«X»⟧
jq.val | expr | $('#«dash»').val⟦«X»⟧
""".replace("{{{{", "{{").replace("}}}}", "}}"),
        "php": """
echo | lines | echo htmlspecialchars(«X»«|, ENT_QUOTES, 'UTF-8'|, ENT_QUOTES»);
echo | lines | echo '<p>' . «htmlspecialchars|htmlentities|esc_html|e»(«X») . '</p>';
print | lines | print htmlentities(«X»);
json | lines | echo json_encode(['«key»' => «X»]);
int | lines | echo (int) «X»;
view | expr | view⟦'«w»'¦['«key»' => «X»]⟧
twig | expr | $twig->render⟦'«w».twig'¦['«w»' => «X»]⟧
count | lines | echo strlen(«X»);
printf | stmt | printf⟦'%d'¦«X»⟧
""",
        "python": """
return | lines | return «escape|html.escape|bleach.clean»(«X»)
Markup | expr | Markup.escape⟦«X»⟧
format_html | expr | format_html⟦"<b>{}</b>"¦«X»⟧
render_template | expr | render_template⟦"«w».html"¦«w»=«X»⟧
render | expr | render⟦request¦"«w».html"¦{"«key»": «X»}⟧
jsonify | expr | jsonify⟦«w»=«X»⟧
JsonResponse | expr | JsonResponse⟦{"«key»": «X»}⟧
self.write | stmt | self.write⟦{"«key»": «X»}⟧
HttpResponse | expr | HttpResponse⟦«X»¦content_type="text/plain"⟧
Response | expr | Response⟦«X»¦mimetype="text/plain"⟧
redirect | expr | redirect⟦url_for("«w»", «w»=«X»)⟧
return.html | lines | return "<p>" + html.escape(«X») + "</p>"
""",
        "java": """
writer.println | stmt | «out|writer».println⟦«HtmlUtils.htmlEscape|Encode.forHtml|StringEscapeUtils.escapeHtml4»(«X»)⟧
addAttribute | expr | model.addAttribute⟦"«key»"¦«X»⟧
setText | stmt | «label|view|textView».setText⟦«X»⟧
system | stmt | System.out.println⟦«X»⟧
json | expr | ResponseEntity.ok⟦Map.of("«key»", «X»)⟧
setAttribute | stmt | request.setAttribute⟦"«key»"¦«X»⟧
""",
        "go": """
Fprintf | expr | fmt.Fprintf⟦w¦"<p>%s</p>"¦«html|template».«EscapeString|HTMLEscapeString»(«X»)⟧
Execute | expr | tmpl.Execute⟦w¦map[string]string{"«W»": «X»}⟧
ExecuteTemplate | expr | «templates|t».ExecuteTemplate⟦w¦"«w».html"¦«X»⟧
json | expr | json.NewEncoder⟦w⟧.Encode(map[string]string{"«key»": «X»})
c.JSON | stmt | c.JSON⟦http.StatusOK¦gin.H{"«key»": «X»}⟧
""",
        "ruby": """
h | expr | «h|ERB::Util.html_escape|CGI.escapeHTML|sanitize»⟦«X»⟧
render.json | stmt | render json: { «w»: «X» }
content_tag | expr | content_tag⟦:div¦«X»⟧
render.plain | stmt | render plain: «X»
link | expr | link_to⟦«X»¦«w»_path⟧
""",
        "csharp": """
Response.Write | stmt | Response.Write⟦HttpUtility.HtmlEncode(«X»)⟧
Encode | expr | Html.Encode⟦«X»⟧
View | expr | View⟦new «P» { «P» = «X» }⟧
Json | expr | Json⟦new { «w» = «X» }⟧
""",
        "perl": """
print | lines | print «escapeHTML|encode_entities|escape_html»(«X»);
render | stmt | $c->render⟦json => { «w» => «X» }⟧
""",
        "rust": """
Html | expr | Html⟦html_escape::encode_text(&«X»).to_string()⟧
json | expr | HttpResponse::Ok().json⟦json!({"«key»": «X»})⟧
""",
    },
    sanitizers={
        "javascript typescript": ["escapeHtml(«X»)", "DOMPurify.sanitize(«X»)", "_.escape(«X»)", "encodeURIComponent(«X»)", "he.encode(«X»)",
                                  "sanitizeHtml(«X»)", "validator.escape(«X»)"],
        "php": ["htmlspecialchars(«X»)", "htmlentities(«X»)", "htmlspecialchars(«X», ENT_QUOTES)", "esc_html(«X»)", "strip_tags(«X»)"],
        "python": ["escape(«X»)", "html.escape(«X»)", "bleach.clean(«X»)", "markupsafe.escape(«X»)", "conditional_escape(«X»)"],
        "java": ["HtmlUtils.htmlEscape(«X»)", "Encode.forHtml(«X»)", "StringEscapeUtils.escapeHtml4(«X»)", "Jsoup.clean(«X», Safelist.none())"],
        "go": ["html.EscapeString(«X»)", "template.HTMLEscapeString(«X»)"], "ruby": ["h(«X»)", "CGI.escapeHTML(«X»)", "ERB::Util.h(«X»)"],
        "csharp": ["HttpUtility.HtmlEncode(«X»)", "WebUtility.HtmlEncode(«X»)"], "perl": ["encode_entities(«X»)", "escapeHTML(«X»)"],
        "rust": ["html_escape::encode_text(&«X»)"],
    },
    weak={
        "html": """
jinja.safe | top | <«p|div|td|h1|span»>{{ «w».«w»|safe }}</«p|div|td|h1|span»>
phpecho | top | <«p|td|li|h2|b»><?= $_«GET|POST|REQUEST|COOKIE»['«key»'] ?></«p|td|li|h2|b»>
erb.raw | top | <«p|div|li»><%= raw «@|»«w».«w» %></«p|div|li»>
erb.safe | top | <div><%= @«w».«w».html_safe %></div>
ejs | top | <«p|div|h1|td»><%- «w»«|.«w»» %></«p|div|h1|td»>
vhtml | top | <«div|span|p» v-html="«w»«|.«w»»"></«div|span|p»>
mustache | top | <p>{{{ «w»«|.«w»» }}}</p>
phpecho2 | top | <input value="<?php echo $_GET['«key»']; ?>">
jsp | top | <p><%= request.getParameter("«key»") %></p>
blade | top | <div>{!! $«w»«|->«w»» !!}</div>
autoescape | top | {% autoescape «off|false» %}{{ «w».«w» }}{% endautoescape %}
nginner | top | <div [innerHTML]="«w» | safeHtml"></div>
svelte | top | {@html «w»«|.«w»»}
write | top | <script>document.write(«location.«hash|search|href»|document.referrer»)</script>
razor | top | @Html.Raw(«Model|ViewBag|item».«P»)
twig | top | <td>{{ «w».«w»|raw }}</td>
jsp2 | top | <b>${param.«w»}</b>
""",
        "javascript typescript": """
xhr | lines | «v1».then((«v2») => {⏎⇥document.getElementById('«dash»').innerHTML = «v2»«|.«fld»|.data»;«!»⏎});
map | lines | «v1».innerHTML = «v2».map((«v3») => `<li>${«v3».«fld»}</li>`).join('');«!»
forof | lines | for (const «v1» of «v2») {⏎⇥list.innerHTML += '<li>' + «v1».«fld» + '</li>';«!»⏎}
createel | lines | const «v1» = document.createElement('«div|li|p»');⏎«v1».innerHTML = «v2»;«!»⏎document.body.appendChild(«v1»);
""",
        "php": """
tag | lines | <h1><?php echo $_«GET|POST»['«key»']; ?></h1>
foreach | lines | foreach ($«v1» as $«v2») {⏎⇥echo "<li>" . $«v2»['«key»'] . "</li>";«!»⏎}
""",
        "python": """
autoescape | lines | «v» = «jinja2.|»Environment(autoescape=False)«!»
join | lines | «v1» = "".join("<li>" + «v2» + "</li>" for «v2» in request.args.getlist("«key»"))⏎return «Response(«v1»)|make_response("<ul>" + «v1» + "</ul>")»«!»
""",
    },
    alike={
        "html": """
jinja | top | <«p|div|td|h1|span»>{{ «w».«w» }}</«p|div|td|h1|span»>
phpesc | top | <«p|td|li»><?= htmlspecialchars($_GET['«key»']) ?></«p|td|li»>
erb | top | <«p|div|li»><%= @«w».«w» %></«p|div|li»>
ejsesc | top | <«p|div|h1»><%= «w».«w» %></«p|div|h1»>
vtext | top | <span v-text="«w»"></span>
mustache2 | top | <p>{{ «w» }}</p>
blade2 | top | <div>{{ $«w»->«w» }}</div>
jstl | top | <td><c:out value="${«w».«w»}"/></td>
ngtext | top | <span>{{ «w».«w» | date }}</span>
escape | top | <p>{{ «w»|escape }}</p>
script | top | <script src="/static/«w».js"></script>
svelte2 | top | <p>{«w».«w»}</p>
razor2 | top | <td>@Model.«P»</td>
jsonscript | top | {{ «w»|json_script:"«dash»" }}
""",
        "javascript typescript": f"""
empty | stmt | {_EL}.innerHTML = ''
read | expr | «v» = {_EL}.innerHTML
template | stmt | {_EL}.innerHTML = template.innerHTML
static | stmt | {_EL}.innerHTML = '<div class="«dash»"></div>'
count | stmt | {_EL}.innerHTML = `<b>${{«v».length}}</b>`
log | stmt | console.log⟦`<${{«v»}}>`⟧
clone | stmt | {_EL}.appendChild⟦template.content.cloneNode(true)⟧
classname | stmt | {_EL}.className = «v»
""",
        "python": """
autoescape | lines | «v» = Environment(autoescape=«True|select_autoescape()»)
const | expr | mark_safe⟦"<b>«w»</b>"⟧
send | expr | render_template⟦"«w».html"⟧
loader | lines | «v» = «jinja2.|»Environment(loader=FileSystemLoader("«w»"), autoescape=True)
""",
        "php": """
static | lines | echo '<h1>«Prose»</h1>';
var.int | lines | echo count($«v»);
eol | lines | echo PHP_EOL;
heading | lines | echo "<tr>";
tag | lines | <h1><?php echo htmlspecialchars($«v», ENT_QUOTES); ?></h1>
""",
        "java": """
static | stmt | out.println⟦"<h1>«Prose»</h1>"⟧
contenttype | stmt | response.setContentType⟦"text/html"⟧
""",
    },
)
