# SPDX-License-Identifier: Apache-2.0
"""What invented tools do and take: verbs with the way people ask for them, and parameters with the way people give them.

Verb rows: tool verbs; category; ways to ask, {o} is the object ("the invoice"), {os} its plural; description.
"""

VERBS = """
get,fetch,read; one; show me {o}|get {o}|open {o}|pull up {o}|give me {o}|let me see {o}|I want to see {o}; Returns one {s}.
describe,inspect,explain; one; describe {o}|tell me about {o}|what do we know about {o}|inspect {o}|explain {o}; Describes a {s} in detail.
check,verify,validate; one; check {o}|is {o} in order|verify {o}|make sure {o} is valid|have a look whether {o} is fine; Checks whether a {s} is valid.
track,trace; one; track {o}|where is {o} right now|trace {o}|follow {o}; Tells where a {s} is at the moment.
preview; one; preview {o}|give me a preview of {o}|what would {o} look like; Shows a preview of a {s}.
download; one; download {o}|save {o} locally|I need {o} as a file; Downloads a {s}.
list,enumerate; many; list {os}|list all {os}|which {os} are there|show me all {os}|what {os} do we have|give me the {os}; Lists {p}.
search,find,lookup; search; search {os}|find {os}|look for {os}|search for {os}|are there {os}; Searches {p} by text.
count; many; count {os}|how many {os} are there|how many {os} do we have|tell me the number of {os}; Counts {p}.
export,dump; many; export {os}|export all {os}|dump the {os}|I need an export of the {os}; Exports {p} to a file.
create,add,new; create; create a new {o1}|add {a}|make {a}|set up {a}|open a new {o1}|I need a new {o1}; Creates a {s}.
register,enroll; create; register {a}|sign up {a}|register a new {o1}|enter {a} in the register; Registers a new {s}.
order,buy,purchase; create; order {a}|buy {a}|purchase {a}|get us {a}|place an order for {a}; Orders a {s}.
book,reserve; create; book {a}|reserve {a}|make a reservation for {a}|hold {a}; Books a {s}.
draft,compose; create; draft {a}|write {a}|compose {a}|prepare a draft of {a}; Drafts a {s}.
update,edit,modify; change; update {o}|change {o}|edit {o}|modify {o}|adjust {o}; Changes the fields of a {s}.
rename; rename; rename {o}|give {o} another name|change the name of {o}; Renames a {s}.
move,relocate; place; move {o}|relocate {o}|put {o}|shift {o}; Moves a {s} to another place.
copy,duplicate,clone; place; copy {o}|duplicate {o}|make a copy of {o}|clone {o}; Copies a {s}.
delete,remove,drop; one; delete {o}|remove {o}|get rid of {o}|throw away {o}|erase {o}; Deletes a {s}.
archive; one; archive {o}|put {o} into the archive|send {o} to the archive; Archives a {s}.
cancel,abort; one; cancel {o}|call off {o}|abort {o}|stop {o} from happening; Cancels a {s}.
restore,recover; one; restore {o}|bring back {o}|recover {o}|undo the removal of {o}; Restores a deleted {s}.
approve,accept; one; approve {o}|accept {o}|sign off {o}|say yes to {o}; Approves a {s}.
reject,decline; one; reject {o}|decline {o}|turn down {o}|refuse {o}; Rejects a {s}.
lock,freeze; one; lock {o}|freeze {o}|block {o}|make {o} read-only; Locks a {s}.
release,unlock; one; release {o}|unlock {o}|free {o}; Releases a {s}.
send,deliver,dispatch; send; send {o}|deliver {o}|dispatch {o}|mail {o}; Sends a {s} to someone.
share; send; share {o}|give access to {o}|pass on {o}; Shares a {s}.
forward; send; forward {o}|pass {o} along|hand {o} over; Forwards a {s}.
notify,alert; message; send a note about {o}|write a message about {o}|let people know about {o}|notify them about {o}; Sends a notification about a {s}.
comment,annotate; message; comment on {o}|leave a remark on {o}|add a note to {o}|annotate {o}; Adds a comment to a {s}.
schedule,plan; when; schedule {o}|plan {o}|put {o} in the calendar|arrange {o}; Schedules a {s}.
postpone,reschedule; when; postpone {o}|reschedule {o}|delay {o}|push back {o}; Moves a {s} to a later date.
remind; when; remind me of {o}|set a reminder for {o}|do not let me forget {o}; Sets a reminder for a {s}.
start,launch,run; one; start {o}|launch {o}|run {o}|kick off {o}|get {o} going; Starts a {s}.
stop,halt,shutdown; one; stop {o}|halt {o}|shut down {o}|end {o}; Stops a {s}.
restart,reboot; one; restart {o}|reboot {o}|start {o} again|cycle {o}; Restarts a {s}.
pause,suspend; one; pause {o}|suspend {o}|put {o} on hold; Pauses a {s}.
set,configure; control; set {o}|configure {o}|put {o}|turn {o}; Sets the level of a {s}.
calculate,compute; compute; calculate {o1} costs|compute the {o1} total|work out the {o1} sum; Calculates the total of a {s}.
estimate,predict; compute; estimate the {o1} size|predict the {o1} size|how large will the {o1} be; Estimates the size of a {s}.
convert,transform; convert; convert {o}|turn {o} into another format|transform {o}; Converts a {s} to another format.
translate; translate; translate {o}|I need a translation of {o}|put {o} into another language; Translates a {s}.
summarize; one; summarize {o}|give me a summary of {o}|what is the short version of {o}|sum up {o}; Summarizes a {s}.
print; one; print {o}|print out {o}|put {o} on paper; Prints a {s}.
compare,diff; two; compare the {os}|what is different between the {os}|show the difference between the {os}; Compares two {p}.
merge,combine; two; merge the {os}|combine the {os}|join the {os}; Merges two {p}.
link,connect; two; link the {os}|connect the {os}|tie together the {os}; Links two {p}.
rate,score; grade; rate {o}|score {o}|give points to {o}|grade {o}; Rates a {s}.
tag,label; label; tag {o}|label {o}|mark {o}; Adds tags to a {s}.
assign,allocate; assign; assign {o}|allocate {o}|hand {o}; Assigns a {s} to a person.
upload,import; file; upload {a}|import {a}|load {a}; Imports a {s} from a file.
watch,monitor; one; watch {o}|monitor {o}|keep an eye on {o}; Watches a {s} for changes.
water,feed; measure; water {o}|feed {o}|supply {o}; Supplies a {s}.
measure,weigh; one; measure {o}|weigh {o}|take the measure of {o}; Measures a {s}.
repair,fix; one; repair {o}|fix {o}|mend {o}; Requests the repair of a {s}.
paint,color; control; paint {o}|give {o} another look|repaint {o}; Paints a {s}.
clean,wash; one; clean {o}|wash {o}|tidy {o}; Cleans a {s}.
inspect_history,audit; one; show the history of {o}|who changed {o}|audit {o}; Returns the changes of a {s}.
"""

# names; type; ways to say it, {v} the value, {n} the name; description; values
PARAMETERS = """
city,location,place,town; string; in {v}|for {v}|near {v}; City name; city
country,region; string; in {v}|from {v}; Country or region; country
date,day,on_date; string; on {v}|for {v}|dated {v}; Date as YYYY-MM-DD; date
start_date,from_date,since; string; from {v}|starting {v}|since {v}; First day, YYYY-MM-DD; date
end_date,to_date,until; string; until {v}|up to {v}|ending {v}; Last day, YYYY-MM-DD; date
time,start_time,at_time; string; at {v}; Time as HH:MM; time
email,recipient,to,mail_address; string; to {v}; E-mail address; email
recipients,receivers,emails; strings; to {v}; E-mail addresses; emails
message,text,body,content,note; string; saying "{v}"|with the text "{v}"|that says "{v}"|: "{v}"; Text to use; sentence
subject,title,headline; string; with the title "{v}"|titled "{v}"|under the heading "{v}"; Title; title
name,display_name; string; called {v}|named {v}|with the name {v}; Name; title
new_name,target_name; string; to {v}|as {v}; New name; slug
query,keyword,search_text,term; string; matching {v}|about {v}|with the words {v}|containing {v}; Text to search for; words
limit,max_results,top,page_size; integer; at most {v}|limit {v}|no more than {v}; Maximum number of results; small
page,page_number; integer; page {v}|on page {v}; Page number; small
offset,skip; integer; skipping {v}|after the first {v}; Number of results to skip; small
quantity,amount,number,pieces; integer; quantity {v}|{v} pieces|{v} of them; How many; small
price,cost,budget,max_price; number; for {v}|at a price of {v}|costing {v}; Price; price
currency; enum; in {v}; Currency code; EUR,USD,CHF,GBP,JPY,SEK
sort_by,order_by; enum; sorted by {v}|ordered by {v}; Field to sort by; name,date,size,price,status,owner
order,direction; enum; in {v} order; Sort direction; ascending,descending
status,state; enum; with status {v}|in state {v}|that are {v}; Status; open,closed,pending,active,draft,archived,paid,late
priority,urgency; enum; with {v} priority|priority {v}; Priority; low,normal,high,urgent
format,output_format,file_type; enum; as {v}|in {v} format; Output format; pdf,csv,json,xml,html,png,docx
language,target_language; enum; in {v}|into {v}; Language; English,German,French,Japanese,Spanish,Polish,Korean,Italian
unit,units; enum; in {v}; Unit; metric,imperial,celsius,fahrenheit,kelvin
size; enum; in size {v}|size {v}; Size; small,medium,large,extra-large
color,colour; enum; in {v}|colored {v}; Color; red,green,blue,black,white,yellow,grey
mode; enum; in {v} mode; Mode; fast,safe,eco,manual,silent,full
level,value,intensity; integer; to {v}|to level {v}|at level {v}; Level from 0 to 100; level
percent,percentage,discount; number; by {v} percent|with {v} percent; Percentage; level
temperature,degrees; number; to {v} degrees|at {v} degrees; Temperature; level
duration_minutes,minutes,duration; integer; for {v} minutes|lasting {v} minutes; Duration in minutes; level
weight,weight_kg; number; weighing {v} kg|of {v} kg; Weight in kilograms; price
width,width_px; integer; {v} wide|with a width of {v}; Width in pixels; large
height,height_px; integer; {v} high|with a height of {v}; Height in pixels; large
path,folder,directory,destination; string; in {v}|under {v}|at {v}; Path; path
file,file_path,source_file; string; from {v}|from the file {v}; File; file
tags,labels,categories; strings; tagged {v}|with the tags {v}|labelled {v}; Tags; nouns
ids,numbers,item_ids; integers; with the numbers {v}|numbers {v}; Numbers; numbers
owner,assignee,user,responsible; string; to {v}|owned by {v}|for {v}; User name; user
author,created_by; string; by {v}|written by {v}; Author; person
phone,phone_number; string; with phone {v}|calling {v}; Phone number; phone
url,link,website; string; from {v}|at {v}; Web address; url
version,revision; string; version {v}|in version {v}; Version; version
reason,comment; string; because "{v}"|with the reason "{v}"; Reason; sentence
rating,stars,points; integer; with {v} stars|{v} points; Points from 1 to 10; small
latitude,lat; number; latitude {v}; Latitude; angle
longitude,lon; number; longitude {v}; Longitude; angle
year; integer; of {v}|from the year {v}; Year; year
month; enum; in {v}; Month; January,March,April,June,August,October,December
include_archived,archived,with_archived; boolean; including archived ones/without archived ones; Whether archived ones count; bool
dry_run,simulate,test_only; boolean; as a dry run/for real, not as a dry run; Only simulate; bool
urgent,express,rush; boolean; and make it urgent/it is not urgent; Whether it is urgent; bool
notify,send_notification,inform_owner; boolean; and notify the owner/without notifying anyone; Whether to notify the owner; bool
recursive,deep; boolean; including everything below/but nothing below it; Whether to go down the tree; bool
public,is_public,visible; boolean; visible to everyone/hidden from the public; Whether everyone can see it; bool
overwrite,force,replace; boolean; replacing what is there/without replacing anything; Whether to overwrite; bool
address,delivery_address; object; to {street} in {city}|at {street} in {city}; Address; street:street,city:city
range,price_range,limits; object; between {min} and {max}; Range; min:low,max:high
filter,where,condition; object; where {field} is {value}; Condition; field:field,value:noun
contact,person; object; for {name} ({email})|contact {name} at {email}; Contact; name:person,email:email
"""

# Parameters that suit a category; the first ones are required.
CATEGORIES = {
    "one": ("ID", "format language version include_archived dry_run notify mode page year"),
    "many": ("", "status limit sort_by order city start_date end_date owner author tags include_archived page offset format year month country filter range priority"),
    "search": ("query", "limit status sort_by order city start_date end_date author tags language include_archived page range filter country year"),
    "create": ("", "name subject message quantity price currency date time city priority size color tags owner email urgent address contact public weight phone duration_minutes ids"),
    "change": ("ID", "status priority price name owner tags message quantity date notify public size color"),
    "rename": ("ID new_name", "overwrite dry_run notify"),
    "place": ("ID path", "overwrite recursive dry_run notify"),
    "send": ("ID email", "message subject format urgent date language"),
    "message": ("ID message", "recipients email urgent priority notify public"),
    "when": ("ID date", "time duration_minutes notify reason recipients city"),
    "control": ("ID level", "mode duration_minutes unit color percent temperature"),
    "compute": ("", "quantity price percent currency unit weight width height city country range ids latitude longitude"),
    "convert": ("ID format", "language width height size overwrite unit"),
    "translate": ("ID language", "format notify version"),
    "two": ("PAIR", "format mode dry_run sort_by"),
    "grade": ("ID rating", "comment notify public reason"),
    "label": ("ID tags", "overwrite notify public"),
    "assign": ("ID owner", "priority notify date reason message"),
    "file": ("file", "format overwrite tags public path language"),
    "measure": ("ID quantity", "unit time mode notify"),
}

ADJECTIVES = "new old big small shared main weekly daily monthly spare draft signed final public private".split()
CITIES = "Zurich Oslo Lyon Porto Krakow Leeds Ghent Turin Nairobi Osaka Lima Toronto Austin Pune Perth Tallinn Vienna Bergen Quito Dublin Basel Seville Sofia Riga Hanoi".split()
COUNTRIES = "Norway Japan Peru Kenya Canada Poland Austria Chile Vietnam Portugal Ghana Iceland Estonia Bavaria Scotland Tuscany".split()
SENTENCES = """the parts arrive on Monday|please call me back|we need two more days|the door was left open|thanks for the quick help|it does not start any more|see you at noon|the price was wrong
    |nobody answered the phone|it works again|check the second page|we are out of stock|the train is late|can we talk tomorrow?|the figures look good|sent by mistake|the customer moved|please use the side entrance
    |bring your own cup|lunch is on us|half of it is missing|wrong colour|too expensive|waiting for parts|new owner|Grüße aus Köln|voilà, c'est prêt|meeting moved to room 4|first delivery on time|the lamp in hall 3 flickers""".replace("\n    ", "").split("|")

# What people also write, and no tool does.
CHAT = [" ".join(part.split()) for part in """What is the capital of {c}?|Write a poem about the {x}.|Who invented the {x}?|Tell me a joke.|Tell me a joke about a {x}.|What do you think of {c}?|How old are you?|What is your name?
    |Sing me a song about {c}.|Who was the first king of {c}?|How do I learn to draw a {x}?|Is it going to rain tomorrow?|What is the meaning of life?|Why is the sky blue?|How many people live in {c}?
    |What does {x} mean?|Spell {x} backwards.|What rhymes with {x}?|Give me advice about my {x}.|Should I buy a {x} or not?|What is your favourite {x}?|Explain {x} to a child.|Who won the cup in {c}?
    |Write an essay on the history of the {x}.|What is 17 times 23?|Can you dance?|Please recommend a book about {c}.|I feel tired today.|Let's play chess.|How is the weather in {c}?|Good morning!
    |Thank you, that was all.|How far is it to {c}?|Which language do they speak in {c}?|What can I cook with {x}?|Describe the smell of a {x}.|Do you like {c}?|What would you do without a {x}?
    |Draw me a {x}.|Why do people need a {x}?|Where did I leave my {x}?|Is a {x} heavier than a {x}?|Tell me a story set in {c}.|What happened in {c} in 1950?|Who are you?|Can you keep quiet?""".split("|")]
