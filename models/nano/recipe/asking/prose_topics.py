# SPDX-License-Identifier: Apache-2.0
"""What prose speaks of: domains with their subjects, and heads (`allowance`, `notice period`) with the kind of their value."""

SUBJECTS = {
    "hr": """annual leave;parental leave;sick leave;overtime;probation;home office;notice;bonus;relocation;mentoring;exit interview;
        holiday;sabbatical;shift;appraisal;onboarding;internship;referral;part-time work;public holiday;jury duty;bereavement leave;
        unpaid leave;wellbeing;gym;childcare;bicycle;pension;promotion;retirement""",
    "travel": """meal;hotel;flight;taxi;rental car;mileage;train;visa;luggage;lounge;client dinner;conference;per diem;upgrade;
        travel insurance;breakfast;airport transfer;parking;city tax;rail pass;long-haul flight;business trip;travel advance;tip""",
    "security": """badge;visitor;laptop;screen lock;clean desk;incident;phishing report;data export;removable media;guest network;
        camera footage;server room;access review;penetration test;patch;log file;firewall change;remote access;device wipe;audit trail;
        encryption;vulnerability scan;mobile device;printer;shredding""",
    "oncall": """on-call;pager;escalation;incident review;rollback;deployment;handover;alert;outage;status page;standby;postmortem;
        hotfix;maintenance;failover;runbook;severity one;error budget;canary;freeze;war room;customer update;night shift""",
    "it": """backup;mailbox;disk;ticket;account;software license;file share;database;restore;monitor;archive;wireless;helpdesk;
        video call;newsletter;snapshot;calendar;domain;certificate;test environment;build server;old laptop;spam;queue;cache""",
    "finance": """invoice;expense;petty cash;purchase order;credit card;loan;audit;dividend;quarterly report;currency;tax return;
        receipt;write-off;payroll;grant;reserve;supplier;donation;late payment;wire transfer;forecast;procurement;depreciation;
        account closing;budget""",
    "medical": """ibuprofen;vaccination;blood pressure;fasting;insulin;wound;surgery;x-ray;patient record;ward;visiting;discharge;
        hand hygiene;isolation;ambulance;physiotherapy;blood sample;fever;allergy;triage;infusion;anaesthesia;pharmacy;oxygen""",
    "legal": """termination;liability;confidentiality;warranty;payment;delivery;arbitration;renewal;penalty;assignment;inspection;
        force majeure;licence;indemnity;dispute;notice;acceptance;lease;deposit;sublet;copyright;non-compete;settlement;objection;appeal""",
    "cooking": """dough;oven;broth;marinade;rice;caramel;sourdough;roast;custard;bread;lamb;risotto;pickle;jam;stock;glaze;pizza;
        meringue;soup;salmon;pastry;tomato sauce;yeast;potato;cake;noodle""",
    "astronomy": """Titan;Europa;Io;comet;moon;telescope;solar wind;eclipse;asteroid;Mars;Venus;Saturn;Neptune;Ganymede;transit;
        supernova;pulsar;meteor shower;dust;ring;rover;lander;orbiter;probe;launch;observatory;red giant""",
    "logistics": """pallet;container;forklift;shipment;dock;customs;return;cold chain;parcel;truck;inventory;picking;loading;driver;
        hazardous goods;route;warehouse;packaging;courier;freight;damaged goods;night delivery;barcode;stacking;empty crate""",
    "sports": """training;match;half-time;transfer;relay;referee;squad;penalty;warm-up;trophy;youth team;stadium;home game;yellow card;
        kit;pool;court;marathon;membership;locker;bicycle race;swimming lane;climbing wall;team doctor;season""",
    "school": """exam;homework;library;field trip;lunch;tuition;school bus;parent meeting;lab;term paper;attendance;locker;resit;
        scholarship;graduation;class;thesis;choir;detention;textbook;enrolment;semester;kindergarten;science fair;absence note""",
    "farming": """wheat;milking;fertilizer;greenhouse;irrigation;tractor;harvest;grazing;seed;barn;sheep;beehive;orchard;soil;
        manure;pesticide;compost;maize;potato field;hen house;lambing;hay;drainage;vineyard;pig""",
    "games": """player;round;board;dragon;potion;trade;dice;card;castle;boss;lobby;ranked match;respawn;inventory;guild;quest;
        treasure;turn;tournament;spectator;starting hand;victory;spell;mana;village""",
    "housing": """rent;heating;laundry room;quiet hours;stairwell;balcony;pet;waste;recycling;elevator;barbecue;bicycle cellar;
        guest room;water meter;garden;playground;repair;caretaker;moving;key deposit;garage;roof terrace;snow clearing""",
    "events": """keynote;workshop;registration;exhibition;catering;speaker;sponsor;poster;shuttle;stage;lightning talk;gala dinner;
        coffee break;ticket;livestream;volunteer;booth;cloakroom;closing session;feedback form;panel;early bird""",
    "science": """reactor;sample;centrifuge;laser;titration;incubation;growth medium;freezer;spectrometer;fume hood;calibration;
        solvent;microscope;buffer solution;gas cylinder;waste container;cell culture;control group;survey;sensor;pipette""",
    "manufacturing": """press;weld;paint;conveyor;inspection;batch;tool change;furnace;coating;assembly;spare part;safety glove;torque;
        bearing;scrap;pump;robot cell;cleaning;cooling water;prototype;lubricant;pressure test;mould;boiler""",
    "software": """request;session;upload;worker;webhook;log;plugin;API call;retry;batch job;download;search index;cluster;replica;build;release;connection;
        thread;config file;unit test;checkpoint;migration;feature flag;import;export;login page;rate limiter;message queue;crawler;nightly run;tarball;docker image""",
    "products": """camera;kettle;vacuum cleaner;battery;charger;headphone;coffee machine;tent;backpack;bicycle lamp;toaster;freezer;speaker;monitor;keyboard;
        washing machine;drill;lawn mower;filter;remote control;printer cartridge;display;water tank;blade;motor""",
    "city": """parking permit;market stall;dog;bus lane;playground;library card;street light;noise;building permit;waste collection;
        swimming pool;council meeting;tree;event permit;cemetery;tram;ferry;bridge toll;museum;kiosk;fishing licence""",
}

# head; kind; requests about it without the head. {m} subject, {ms} its plural
HEADS = """
allowance; money; how much can I spend on {ms}|how much money do we get for {ms}|what do I get for a {m}|up to what amount are {ms} paid
budget; money; how much may we spend on {ms}|how much money is there for {ms}|what is planned for {ms}
fee; money; what does a {m} cost|how much do I pay for a {m}|what is charged for {ms}|how expensive is the {m}
price; money; what does a {m} cost|how much is a {m}|how expensive are {ms}
deposit; money; how much do I leave for the {m}|what do I have to put down for a {m}
surcharge; money; how much more does a {m} cost|what is added for {ms}
fine; money; what do I pay if I break the rule on {ms}|how expensive is a breach of the {m} rule
reimbursement; money; how much do I get back for {ms}|what is paid back for a {m}
cap; money; how much is the most for {ms}|what is the most we pay for a {m}
penalty; money; what happens if the {m} goes wrong, what do we pay|how much is owed when the {m} fails
period; duration; how long does the {m} last|how long is the {m}|for how long does the {m} run
window; duration; how long do we have for the {m}|how much time is there for the {m}|in what time must the {m} happen
notice period; duration; how early must the {m} be announced|how long before the {m} must I give notice
retention period; duration; how long are {ms} kept|how long do we keep {ms}|when are {ms} deleted|for how long is the {m} stored
waiting time; duration; how long do I wait for the {m}|how long until the {m}
response time; duration; how fast do we answer about a {m}|how quickly must someone react to the {m}
grace period; duration; how late may the {m} be|how much extra time is there for the {m}
duration; duration; how long does the {m} take|how long is a {m}
lead time; duration; how long before the {m} do we start|how far ahead must a {m} be ordered
cooling time; duration; how long must the {m} cool|how long does the {m} rest
limit; count; how many {ms} are allowed|how many {ms} may I have|what is the most {ms} one may have
quota; count; how many {ms} are planned|how many {ms} do we get
maximum; count; how many {ms} at most|how many {ms} can there be
minimum; count; how many {ms} at least|how few {ms} are allowed
capacity; count; how many fit into the {m}|how many does the {m} hold
batch size; count; how many in one {m}|how many do we make in a {m}
headcount; count; how many people for the {m}|how many people work on the {m}
rate; percent; what percentage goes to the {m}|how high is the {m} in percent
share; percent; what part goes to {ms}|which part is for {ms}
discount; percent; how much cheaper is the {m}|how much do I save on {ms}
threshold; percent; from which level does the {m} count|above what is the {m} reported
target; percent; what do we aim for with {ms}|which level should the {m} reach
humidity; percent; how damp may the {m} be
quorum; percent; how many votes for the {m}
deadline; date; until when must the {m} be done|by when is the {m} due|when do I have to hand in the {m}|when is the last day for {ms}
date; date; when is the {m}|on which day is the {m}|which day is planned for the {m}
start date; date; when does the {m} begin|from when on is there a {m}
due date; date; when is the {m} due|by which day must the {m} be in
review date; date; when is the {m} looked at again|when do we check the {m}
expiry date; date; until when is the {m} valid|when does the {m} run out
cut-off time; hour; until what time can I ask for the {m}|how late can the {m} be ordered
start time; hour; at what time does the {m} start|at what hour is the {m}
closing time; hour; when does the {m} close|until what hour is the {m} open
opening time; hour; when does the {m} open|from what hour is the {m} open
location; place; where is the {m}|where do I find the {m}|where does the {m} take place
venue; place; where is the {m} held|where do we meet for the {m}
meeting point; place; where do we meet for the {m}|where should I go for the {m}
storage place; place; where are {ms} kept|where do I put the {m}|where does the {m} belong
office; place; where do I go about the {m}|where is the team for {ms}
owner; person; who owns the {m}|who is responsible for the {m}|who looks after the {m}
manager; person; who runs the {m}|who manages {ms}|who leads the {m}
contact; person; whom do I ask about the {m}|who answers questions about {ms}|who can help with {ms}
coordinator; person; who organises the {m}|who plans {ms}
approver; person; who signs off the {m}|who has to approve {ms}|who says yes to a {m}
officer; person; who is in charge of {ms}|who watches over the {m}
temperature; temperature; how hot is the {m}|how warm should the {m} be|at how many degrees is the {m} kept
weight; weight; how heavy is the {m}|how heavy may a {m} be|how much does the {m} weigh
height; distance; how high is the {m}|how tall may the {m} be
length; distance; how long in metres is the {m}
distance; distance; how far away is the {m}|how far must the {m} be
depth; distance; how deep is the {m}
diameter; distance; how wide is the {m}|how big across is the {m}
dose; dose; how much of the {m} is given|how much does one get for the {m}
pressure; pressure; how strong is the {m} in bar|at which pressure does the {m} work
speed; speed; how fast is the {m}|how fast may the {m} go
schedule; frequency; how often is the {m}|how often do we do the {m}|on which rhythm does the {m} run
inspection; frequency; how often is the {m} checked|how often do we look at the {m}
maintenance; frequency; how often is the {m} serviced|when does someone look after the {m}
review; frequency; how often do we look at the {m}|how often is the {m} reviewed
cleaning; frequency; how often is the {m} cleaned|when do we clean the {m}
access; permission; who may get to the {m}|who is allowed near the {m}|may I enter the {m}
use; permission; may I use the {m}|is it fine to use the {m}|can everybody use the {m}
sharing; permission; may I share the {m}|can I give the {m} to others
recording; permission; may I record the {m}|is filming the {m} fine
transfer; permission; can I hand the {m} to someone else|may the {m} be passed on
approval; rule; what has to be signed for the {m}|what do I need before a {m}
policy; rule; what are the rules for {ms}|what must I know about {ms}|how do we handle {ms}
requirement; rule; what do I need for the {m}|what is needed for a {m}|what must be ready for the {m}
procedure; rule; what do I do for the {m}|how does the {m} go|how do I start a {m}
exception; rule; when do the rules on {ms} not hold|who need not follow the {m} rule
request; rule; how do I ask for a {m}|how can I get a {m}
supplier; firm; who delivers the {m}|which company delivers {ms}|where do we buy {ms}
provider; firm; which company does the {m}|who offers the {m}
colour; colour; which colour has the {m}|what colour is the {m}
material; material; what is the {m} made of|out of what is the {m}
format; format; how should the {m} be written|in which form is the {m}
"""


class Head:
    def __init__(self, words, kind, requests):
        self.words, self.kind, self.requests = words, kind, requests


def parse_heads():
    heads = []
    for line in HEADS.strip().split("\n"):
        words, kind, requests = line.split("; ")
        heads.append(Head(words, kind, requests.split("|")))
    return heads


# Which kinds of value suit a domain; physical measures do not suit a contract.
_COMMON = ["money", "duration", "count", "percent", "date", "person", "frequency", "permission", "rule"]
_PHYSICAL = ["temperature", "weight", "distance", "pressure", "speed", "material", "colour"]
KINDS = {
    "hr": _COMMON + ["place"], "travel": _COMMON + ["firm"], "security": _COMMON + ["place"], "oncall": _COMMON + ["hour"],
    "it": _COMMON + ["firm", "place", "format"], "finance": _COMMON + ["format", "firm"],
    "medical": ["duration", "count", "person", "frequency", "permission", "rule", "dose", "temperature", "place", "hour"],
    "legal": _COMMON + ["format", "place"], "cooking": ["duration", "temperature", "weight", "count", "rule", "distance"],
    "astronomy": ["duration", "distance", "speed", "temperature", "date", "count", "weight", "pressure"],
    "logistics": _COMMON + _PHYSICAL + ["firm", "place"], "sports": _COMMON + ["place", "hour", "colour", "distance"],
    "school": _COMMON + ["place", "hour", "format"], "farming": ["duration", "count", "temperature", "weight", "distance", "date", "frequency", "person", "firm"],
    "games": ["duration", "count", "percent", "rule", "permission", "colour", "distance", "speed"],
    "housing": _COMMON + ["hour", "place", "firm"], "events": _COMMON + ["hour", "place", "firm", "format"],
    "science": _PHYSICAL + ["duration", "count", "percent", "person", "frequency", "permission", "rule", "place"],
    "manufacturing": _PHYSICAL + ["duration", "count", "percent", "person", "frequency", "rule", "firm", "place"],
    "software": ["duration", "count", "percent", "date", "person", "frequency", "permission", "rule", "format", "place"],
    "products": _PHYSICAL + ["money", "duration", "count", "percent", "rule", "firm", "place"],
    "city": _COMMON + ["hour", "place", "firm"],
}
