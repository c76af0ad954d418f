# SPDX-License-Identifier: Apache-2.0
"""Ruby, Perl and shell."""
from .language import Make

RUBY = Make(
    "ruby", "snake", ["  ", "  ", "  ", "    "], "«V»", "«|return »«E»",
    assign="""
«V» = «E»
«V» = «E»
@«fld» = «V» = «E»
""",
    params="""
«v»
«v» = nil
«v»: «n»
opts = {}
*«v»
""",
    headers="""
def | def «f»(«PARAMS») | end
self | def self.«f»(«PARAMS») | end
bang | def «f»!(«PARAMS») | end
predicate | def «f»?(«PARAMS») | end
block | «v».each do |«v»| | end
sinatra | «get|post» "/«w»/:«w»" do | end
""",
    types="""
class «T» | end
class «T» < «ApplicationController|ApplicationRecord|«P»» | end
module «T» | end
""",
    docs="""
# «Prose».
# «prose»
# @param «w» [String] «prose»
""",
    comments="""
# «prose»
# «Prose».
# rubocop:disable Metrics/MethodLength
""",
    tails="""
# «prose»
# «w»
""",
    fillers="""
«v» = «n»
«v» = []
«v» = {}
«v» = "«w»"
«v» = «f»(«v»)
@«fld» = «v»
@«fld» ||= «n»
«v» << «v»
«v» += 1
return if «v».nil?
return unless «v».present?
raise ArgumentError, "«prose»" if «v».empty?
«v».each do |«v1»|⏎⇥«v1».«f»⏎end
«v» = «v».map { |«v1»| «v1».«fld» }
«v» = «v».select(&:«fld»)
logger.info("«prose»")
puts "«prose»"
«v»[:«w»] = «v»
«v» = «P».new(«v»)
«v» = Time.now
«v».save!
unless «v»⏎⇥«v» = «n»⏎end
attr_reader :«w», :«w»
before_action :«f»
«v» = «v».to_a.first
Rails.logger.debug "«prose»"
""",
    expr_contexts="""
stmt | «CALL»
stmt | «CALL»
assign | «v» = «CALL»
assign | «v» = «CALL»
return | return «CALL»
ivar | @«fld» = «CALL»
memo | @«fld» ||= «CALL»
if | if «CALL»⏎⇥«f»(«v»)⏎end
unless | raise "«prose»" unless «CALL»
each | «CALL».each do |«v1»|⏎⇥«v1».«f»⏎end
map | «v» = «CALL».map { |«v1»| «v1».«fld» }
arg | «f»(«CALL»)
push | «v» << «CALL»
item | «v»[:«w»] = «CALL»
begin | begin⏎⇥«v» = «CALL»⏎rescue «StandardError|IOError» => e⏎⇥logger.error(e.message)⏎end
post | «CALL» if «v»
postunless | «CALL» unless «v».nil?
or | «v» = «CALL» || "«w»"
lambda | «v» = -> { «CALL» }
block | «v».each { |«v1»| «v1».«f»(«CALL») }
puts | puts «CALL»
logged | logger.info("«prose»")⏎«CALL»
""",
    stmt_contexts="""
stmt | «CALL»
stmt | «CALL»
if | if «v»⏎⇥«CALL»⏎end
post | «CALL» if «v»
each | «v».each do |«v1»|⏎⇥«CALL»⏎end
begin | begin⏎⇥«CALL»⏎rescue StandardError⏎⇥nil⏎end
after | «CALL»⏎«v»
""",
    sources="""
params | web | ¤ | params[:«w»]
params2 | web | ¤ | params["«key»"]
nested | web | ¤ | params[:«w»][:«w»]
fetch | web | ¤ | params.fetch(:«w»)
cookies | web | ¤ | cookies[:«w»]
headers | web | ¤ | request.headers["X-«W»"]
env | web | env | env["HTTP_X_«C»"]
req | web | «v1» | Rack::Request.new(«v1»).params["«key»"]
body | io | ¤ | request.body.read
argv | cli | ¤ | ARGV[0]
argvfetch | cli | ¤ | ARGV.fetch(0)
ENV | env | ¤ | ENV["«C»"]
gets | io | ¤ | gets.chomp
stdin | io | ¤ | $stdin.gets.strip
socket | io | «v1» | «v1».gets.chomp
row | data | row | row["«key»"]
ivar | field | «v» | @«fld»
attr | field | «v1» | «v1».«fld»
options | data | options | options[:«w»]
json | data | «v1» | JSON.parse(«v1»)["«key»"]
""",
    carriers="""
«X».strip
«X».to_s
«X».downcase
«X» || ""
«X».split(",").first
CGI.unescape(«X»)
«f»(«X»)
«X».tr(" ", "_")
«X»[0, «n»]
""",
    guards="""
include | «return|raise ArgumentError» unless %w[«w» «w» «w»].include?(«X»)
allowed | return head :bad_request unless ALLOWED_«C».include?(«X»)
match | raise ArgumentError, "«prose»" unless «X».match?(/\\A[a-z0-9_]+\\z/)
digits | return unless «X» =~ /\\A\\d+\\z/
lookup | «X» = «C».fetch(«X»)
""",
    casts="""
«X».to_i
Integer(«X»)
Integer(«X», 10)
Float(«X»)
""",
    literals="""
each | %w[«w» «w» «w»].each do |«V»|⏎⇥«BODY»⏎end
ternary | «V» = «v» ? "«w»" : "«w»"⏎«BODY»
constant | «V» = "«w»"⏎«BODY»
times | «n».times do |«V»|⏎⇥«BODY»⏎end
size | «V» = «v».size⏎«BODY»
""",
    helper_import="""
require_relative "«snake»"
require "«w»/«snake»"
include «P»
""",
)

PERL = Make(
    "perl", "snake", ["    ", "    ", "  ", "\t"], "«V»", "return «E»;", sigil="$",
    assign="""
my «V» = «E»;
my «V» = «E»;
""",
    params="""
$«v»
$«v»
""",
    headers="""
sub | sub «f» {⏎⇥my («PARAMS») = @_; | }
method | sub «f» {⏎⇥my ($self, «PARAMS») = @_; | }
private | sub _«f» {⏎⇥my («PARAMS») = @_; | }
""",
    docs="""
# «Prose».
=head2 «f»⏎⏎«Prose».⏎⏎=cut⏎
# «prose»
""",
    comments="""
# «prose»
# «Prose».
## no critic
""",
    tails="""
# «prose»
# «w»
""",
    fillers="""
my $«v» = «n»;
my @«v»;
my %«v» = ();
my $«v» = '«w»';
my $«v» = «f»($«v»);
my $«v» = $self->«f»($«v»);
$self->{«w»} = $«v»;
$«v»{$«v»} = «n»;
push @«v», $«v»;
$«v»++;
return unless defined $«v»;
return if !$«v»;
die "«prose»\\n" unless $«v»;
foreach my $«v1» (@«v») {⏎⇥«f»($«v1»);⏎}
for my $«v1» (sort keys %«v») {⏎⇥print "$«v1»\\n";⏎}
print STDERR "«prose»\\n";
warn "«prose»";
chomp $«v»;
my ($«v», $«v») = split /,/, $«v»;
use «P»::«P»;
if ($«v» eq '«w»') {⏎⇥$«v» = «n»;⏎}
local $_ = $«v»;
my $«v» = scalar @«v»;
$«v» =~ s/^\\s+//;
""",
    expr_contexts="""
stmt | «CALL»;
stmt | «CALL»;
assign | my $«v» = «CALL»;
assign | my $«v» = «CALL»;
list | my @«v» = «CALL»;
return | return «CALL»;
if | if («CALL») {⏎⇥«f»($«v»);⏎}
unless | unless («CALL») {⏎⇥die "«prose»";⏎}
or | «CALL» or die "«prose»: $!";
ordie | my $«v» = «CALL» || die "«prose»";
self | $self->{«w»} = «CALL»;
push | push @«v», «CALL»;
arg | «f»(«CALL»);
post | «CALL» if $«v»;
foreach | foreach my $«v1» («CALL») {⏎⇥«f»($«v1»);⏎}
eval | eval {⏎⇥«CALL»;⏎⇥1;⏎} or warn $@;
ternary | my $«v» = $«v» ? «CALL» : undef;
""",
    stmt_contexts="""
stmt | «CALL»;
stmt | «CALL»;
post | «CALL» if $«v»;
if | if ($«v») {⏎⇥«CALL»;⏎}
foreach | foreach my $«v1» (@«v») {⏎⇥«CALL»;⏎}
or | «CALL» or die "«prose»: $!";
""",
    sources="""
param | web | $cgi | $cgi->param('«key»')
param2 | web | ¤ | scalar param('«key»')
q | web | $q | $q->param("«key»")
mojo | web | $c | $c->param('«key»')
dancer | web | ¤ | query_parameters->get('«key»')
cookie | web | $cgi | $cgi->cookie('«key»')
header | web | $c | $c->req->headers->header('X-«W»')
query | env | ¤ | $ENV{QUERY_STRING}
ENV | env | ¤ | $ENV{«C»}
argv | cli | ¤ | $ARGV[0]
shift | cli | ¤ | shift @ARGV
stdin | io | ¤ | scalar <STDIN>
fh | io | $«v1» | scalar <$«v1»>
self | field | $«v» | $self->{«w»}
row | data | $row | $row->{«w»}
array | data | $row | $row->[«d»]
opts | data | $«v» | $opts{«w»}
sock | io | $«v1» | $«v1»->getline()
""",
    carriers="""
lc(«X»)
uc «X»
"«X»"
«X» // ''
substr(«X», 0, «n»)
«f»(«X»)
uri_unescape(«X»)
join('', «X»)
$self->«f»(«X»)
""",
    guards="""
regex | die "«prose»" unless «X» =~ /^[a-z0-9_]+$/;
regex2 | return unless «X» =~ /\\A\\d+\\z/;
exists | die "«prose»\\n" unless exists $allowed{«X»};
grep | return unless grep { $_ eq «X» } qw(«w» «w» «w»);
lookup | «X» = $«C»{«X»} || '«w»';
""",
    casts="""
int(«X»)
0 + «X»
sprintf('%d', «X»)
""",
    literals="""
for | for my «V» (qw(«w» «w» «w»)) {⏎⇥«BODY»⏎}
ternary | my «V» = $«v» ? '«w»' : '«w»';⏎«BODY»
constant | my «V» = '«w»';⏎«BODY»
range | for my «V» (1 .. «n») {⏎⇥«BODY»⏎}
""",
    helper_import="""
use «P»::«P» qw(«H»);
require "«w».pl";
use lib 'lib'; use «P» qw(«H» «f»);
""",
)

SHELL = Make(
    "shell", "snake", ["  ", "    ", "\t"], "", "echo «E»", short=0.02,
    assign="""
«V»=«E»
local «V»=«E»
readonly «V»=«E»
""",
    params="""
¤
""",
    headers="""
posix | «f»() { | }
function | function «f»() { | }
posix | «f» () { | }
if | if [ -n "$«v»" ]; then | fi
for | for «v» in $«v»; do | done
""",
    docs="""
# «Prose».
# usage: «f» <«w»> [«w»]
# «prose»
""",
    comments="""
# «prose»
# «Prose».
# shellcheck disable=SC2086
""",
    tails="""
# «prose»
# «w»
""",
    fillers="""
«v»="«w»"
«v»=«n»
«C»="${«C»:-«w»}"
local «v»="$1"
echo "«prose»"
echo "«prose»: $«v»" >&2
mkdir -p "$«v»"
cd "$«v»" || exit 1
set -e
set -euo pipefail
if [ -z "$«v»" ]; then⏎⇥echo "«prose»"⏎⇥exit 1⏎fi
[ -d "$«v»" ] || mkdir "$«v»"
for «v1» in "$«v»"/*; do⏎⇥echo "$«v1»"⏎done
«v»=$(date +%Y%m%d)
«v»=$(basename "$«v»")
export «C»="$«v»"
rm -f "$«v».tmp"
cp -r "$«v»" "$«v»/«w»"
grep -q "«w»" "$«v»" && «v»=1
shift
return 0
printf '%s\\n' "$«v»"
test -f "$«v»" || return 1
sleep «d»
«f» "$«v»"
trap '«f»' EXIT
""",
    expr_contexts="""
stmt | «CALL»
stmt | «CALL»
or | «CALL» || exit 1
and | «CALL» && echo "«prose»"
if | if «CALL»; then⏎⇥echo "«prose»"⏎fi
redirect | «CALL» > /dev/null 2>&1
background | «CALL» &
""",
    stmt_contexts="""
stmt | «CALL»
or | «CALL» || exit 1
""",
    sources="""
one | cli | ¤ | $1
two | cli | ¤ | $2
named | cli | ¤ | ${1}
default | cli | ¤ | ${1:-«w»}
query | web | ¤ | $QUERY_STRING
env | env | ¤ | $«C»
env2 | env | ¤ | ${«C»}
all | cli | ¤ | $@
star | cli | ¤ | $*
remote | env | ¤ | $SSH_ORIGINAL_COMMAND
""",
    carriers="""
«X»
""",
    guards="""
case | case "«X»" in⏎⇥«w»|«w») ;;⏎⇥*) exit 1 ;;⏎esac
regex | [[ "«X»" =~ ^[a-z0-9]+$ ]] || exit 1
""",
    casts="""
¤
""",
    literals="""
for | for «V» in «w» «w» «w»; do⏎⇥«BODY»⏎done
constant | «V»="«w»"⏎«BODY»
""",
    helper_import="""
. ./«w».sh
source "$(dirname "$0")/«w».sh"
""",
)
