# SPDX-License-Identifier: Apache-2.0
"""Everyday functions of a dozen trades, each with requests in whole sentences, where values stand in their natural places ("two
boards of 2.5 m", "from Lyon to Ghent"), are listed, or are left to their defaults; trades.py has more of them.

A row: group; names; description; parameters; requests. A parameter is `key other_key=kind: description`, with `?` when it may
be left out and `!word` when its default is said. In a request, [ ... {key} ] is said when the key is given.
"""

ROWS = """
building; count_tiles tiles.needed; Number of tiles that a floor takes; side tile_side=f cm: side of one tile in cm | area floor_area=f m2: floor in square meters | spare?=p: extra for breakage in percent
 How many tiles with a side of {side} do I need for a floor of {area}[ and {spare} spare]?|Tiles for {area} of floor, each {side} wide[, plus {spare} for breakage].|I am laying {side} tiles on {area}. How many[ if I add {spare}]?
building; paint_amount compute_paint; Liters of paint for a wall; width wall_width=f m: width of the wall in meters | height wall_height=f m: its height in meters | coats?=n: how many coats, 2 by default | coverage?=f: square meters that a liter covers
 How much paint for a wall {width} wide and {height} high[ with {coats} coats]?|My wall is {width} by {height}. Work out the paint[ for {coats} coats][ at {coverage} square meters a liter].|Paint needed: wall of {width} x {height}[, {coats} coats]
building; beam_load structure.max_load; Load that a beam bears; length span=f m: free length in meters | material=w oak,pine,steel,concrete: what it is made of | thickness depth?=f mm: thickness in mm
 What can {a_material} beam of {length} carry?|How much load does a {length} long {material} beam bear[ when it is {thickness} thick]?|Maximum load of a {material} beam, span {length}[ and thickness {thickness}]
building; fence_posts; Posts for a fence; length total_length=f m: length of the fence in meters | distance spacing=f m: meters between two posts
 How many posts for {length} of fence, one every {distance}?|A fence of {length} with posts {distance} apart: how many posts?|Count the posts of a {length} fence with {distance} between them.
building; concrete_mix; Parts of a concrete mix; volume cubic_meters=f m3: volume in cubic meters | strength grade?=w C20,C25,C30,C35: class of strength
 Mix for {volume} of concrete[ of class {strength}].|I need {volume} of concrete[, {strength}]. What goes in?|What do I need to mix {volume} [{strength} ]concrete?
physics; pendulum_period swing_time; Period of a pendulum; length=f m: length in meters | gravity g?=f: acceleration, 9.81 by default
 What is the period of a pendulum of {length}?|How long does a pendulum {length} long take for a swing[ with gravity {gravity}]?|Swing time for length {length}[ where g is {gravity}].
physics; lens_focus optics.focal_length; Focal length of a thin lens; object_distance u=f cm: distance of the object in cm | image_distance v=f cm: distance of the image in cm
 An object is {object_distance} from a lens and its image {image_distance}. What is the focal length?|Focal length of a lens with object distance {object_distance} and image distance {image_distance}.|Find the focus: object at {object_distance}, image at {image_distance}.
physics; spring_force hooke; Force of a spring; constant k stiffness=f: spring constant in N/m | stretch x extension=f m: how far it is pulled, in meters
 How strong does a spring with constant {constant} pull when stretched by {stretch}?|Force of a spring: k = {constant}, x = {stretch}.|A spring of {constant} N/m is extended by {stretch}; what force does that take?
physics; wave_length acoustics.wavelength; Wavelength of a tone; frequency=f Hz: frequency in Hz | medium?=w air,water,steel,glass: what it runs through, air by default
 What is the wavelength of a tone of {frequency}[ in {medium}]?|How long is a {frequency} wave[ in {medium}]?|Wavelength at {frequency}[, {medium}]?
physics; cooling_time; Time until something has cooled; start initial_temperature=f C: temperature now | target final_temperature=f C: temperature wanted | surroundings room_temperature=f C: temperature around it
 How long until soup of {start} has cooled to {target} in a room at {surroundings}?|Cooling from {start} down to {target} when it is {surroundings} outside: how long?|It is {start} now. When does it reach {target} if the room has {surroundings}?
maths; line_crossing geometry.intersect; Point where two lines cross; first line1=L 2: slope and offset of the first line | second line2=L 2: slope and offset of the second
 Where do the lines {first} and {second} cross?|Find the crossing of line {first} with line {second}.|At which point do {first} and {second} meet?
maths; point_gap distance_of_points; Distance of two points of a plane; point_a p1=L 2: coordinates of the first | point_b p2=L 2: coordinates of the second | metric?=w euclidean,manhattan,chebyshev: how to measure
 How far is {point_a} from {point_b}[ in the {metric} metric]?|Distance between the points A{point_a} and B{point_b}[ using {metric}].|Measure from {point_a} to {point_b}.
maths; least_common common_multiple; Smallest number that all divide; numbers values=L: whole numbers
 What is the smallest number divisible by {numbers}?|Find the least common multiple of {numbers}.|Which is the first multiple that {numbers} share?
maths; draw_cards combinatorics.choose; Ways to choose from a set; total n population=n: how many there are | chosen k picks=n: how many are taken | ordered?=b: whether the order counts
 In how many ways can I choose {chosen} of {total} cards[, {ordered}]?|Ways to take {chosen} out of {total}.|From {total} people pick {chosen}: how many teams[ {ordered}]?
maths; moving_average smooth_series; Averages over a window; data series values=L: the numbers | window size=n: how many are averaged
 Smooth {data} with a window of {window}.|Moving average of {data} over {window} values.|Take the numbers {data} and average every {window} of them.
maths; solve_pair linear_system; Solution of two linear equations; a1=n: factor of x in the first | b1=n: factor of y in the first | c1=n: right side of the first | a2=n: factor of x in the second | b2=n: factor of y in the second | c2=n: right side of the second
 Solve {a1}x + {b1}y = {c1} and {a2}x + {b2}y = {c2}.|Find x and y with {a1}x + {b1}y = {c1}, {a2}x + {b2}y = {c2}.
maths; quartile stats.percentile; Value below which a share of the data lies; data samples=L: the numbers | share percentile=n: the share in percent
 What is the {share}th percentile of {data}?|Below which value lie {share} percent of {data}?|Percentile {share} of the data {data}.
money; payoff_months loan.months_left; Months until a loan is paid; amount principal debt=m: what is owed | rate annual_rate=p: yearly interest in percent | payment monthly_payment=m: paid each month
 How long do I pay back {amount} at {rate} when I pay {payment} a month?|A loan of {amount}, {rate} a year, {payment} monthly: when is it gone?|I owe {amount} with {rate} interest and pay {payment} every month. How many months?
money; rent_split split_rent; Rent by size of room; rent total=m: the whole rent | sizes room_sizes=L: sizes of the rooms
 Split a rent of {rent} over rooms of {sizes} square meters.|Our rent is {rent} and the rooms have {sizes}. Who pays what?|Divide {rent} between rooms sized {sizes}.
money; tip_amount; Tip on a bill; bill amount total=m: the bill | share percent?=p: the tip in percent, 10 by default | people guests?=n: among how many it is split
 How much tip on a bill of {bill}[ at {share}]?|The bill is {bill}. Add a tip[ of {share}][ and split it among {people} people].|Tip for {bill}[ shared by {people}]
money; price_with_tax checkout.gross; Price with tax; price net=m: price without tax | country region=c: where it is sold
 What does something for {price} cost with tax in {country}?|Price of {price} plus tax in {country}.|Add the tax of {country} to {price}.
money; fund_growth savings_after; What savings grow to; start initial=m: what is there now | monthly contribution?=m: added each month | rate interest=p: yearly rate in percent | years=n: how many years
 How much do I have after {years} years if I put in {start} at {rate}[ and add {monthly} a month]?|{start} at {rate} for {years} years[ with {monthly} more each month]: what will it be?|Grow {start} over {years} years with a rate of {rate}.
money; freight_cost shipping_quote; Cost of sending a parcel; weight=f kg: weight in kg | origin sender_city=c: from where | destination receiver_city=c: to where | express?=b: whether it must be fast
 What does it cost to send {weight} from {origin} to {destination}[, {express}]?|Quote for a parcel of {weight}, {origin} to {destination}.|I want to ship {weight} to {destination} from {origin}[ {express}]. How much is that?
travel; ferry_times ferries.search; Departures of ferries; origin from_port=c: port of departure | destination to_port=c: port of arrival | date day=d: the day | vehicle?=w car,bike,van,none: what is taken on board
 When do ferries leave {origin} for {destination} on {date}[ that take a {vehicle}]?|Ferries from {origin} to {destination} on {date}[ with a {vehicle}]|I am going from {origin} to {destination} on {date}[ by ferry with my {vehicle}]. Which ferry can I take?
travel; hut_booking reserve_hut; Reserves beds in a mountain hut; hut name=t: name of the hut | guests people=n: how many guests | date arrival=d: first night | nights?=n: how many nights, 1 by default
 Book {hut} for {guests} people on {date}[ for {nights} nights].|Reserve {guests} beds at {hut} from {date}[, {nights} nights].|We are {guests} and want to sleep at {hut} on {date}[ and stay {nights} nights].
travel; train_fare rail.price; Fare of a train; start from_station=c: where it starts | end to_station=c: where it ends | class travel_class?=w first,second: class of the seat | card discount_card?=b: whether there is a discount card
 What is the fare from {start} to {end}[ in {class} class][, {card}]?|How much is a [{class} class ]ticket {start} to {end}?|Train from {start} to {end}[, {class} class]: what does it cost[ {card}]?
travel; visa_rules entry_requirements; What a traveller needs to enter a country; country destination=c: where to | passport nationality=c: which passport | days length_of_stay?=n: how long
 Do I need a visa for {country} with a passport of {passport}[ for {days} days]?|Entry rules of {country} for people from {passport}[ who stay {days} days].|I hold a passport of {passport} and go to {country}[ for {days} days]. What do I need?
travel; tide_table sea.tides; Tides of a place; place harbor=c: the harbor | date day=d: the day
 When is high water in {place} on {date}?|Tides at {place} for {date}.|Show the tides of {place} on {date}.
travel; bike_route plan_ride; A route by bike; start origin=c: where it starts | goal destination=c: where it ends | avoid avoid_hills?=b: whether hills are avoided | stops waypoints?=S: places on the way
 Plan a ride from {start} to {goal}[ via {stops}][, {avoid}].|By bike from {start} to {goal}[ through {stops}]: which way?|I want to cycle to {goal} from {start}[ and stop in {stops}].
kitchen; scale_recipe recipe.scale; Amounts of a recipe for other numbers of people; dish recipe=t: the dish | servings people=n: for how many
 Scale {dish} to {servings} people.|I cook {dish} for {servings}. How much of everything?|Amounts for {servings} servings of {dish}, please.
kitchen; baking_time oven.minutes; Minutes in the oven; item food=w bread,cake,pie,potatoes,fish: what is baked | weight=f g: weight in grams | temperature heat=f C: heat of the oven
 How long does {weight} of {item} bake at {temperature}?|{item} of {weight} at {temperature}: how many minutes?|I put {weight} of {item} into the oven at {temperature}. When is it done?
kitchen; find_dishes pantry.suggest; Dishes from what is at hand; ingredients items=S: what there is | diet?=w vegan,vegetarian,halal,kosher: diet to keep | minutes max_minutes?=n: time at most
 What can I cook from {ingredients}[ that is {diet}][ in {minutes} minutes]?|Dishes with {ingredients}[, {diet}][, at most {minutes} minutes].|I have {ingredients} at home. What can I make[ within {minutes} minutes]?
kitchen; brew_strength beer.alcohol; Alcohol of a brew; original og=f: gravity before | final fg=f: gravity after
 Which alcohol has a beer with gravity {original} before and {final} after?|Strength of a brew that went from {original} to {final}.|Original gravity {original}, final gravity {final}: how strong is it?
kitchen; table_booking dining.reserve; Reserves a table; restaurant place_name=t: the restaurant | time hour=h: when | people party_size=n: how many | date?=d: which day, today by default
 Get a table at {restaurant} for {people} at {time}[ on {date}].|Reserve at {restaurant}, {people} people, {time}[, {date}].|We want to eat at {restaurant} at {time}[ on {date}]; there are {people} of us.
garden; water_plan garden.irrigation; When to water; plant crop=w tomatoes,roses,lawn,beans,apples: what grows | area plot_area=f m2: size of the bed | soil?=w sand,clay,loam,peat: kind of soil
 How often must I water {area} of {plant}[ on {soil}]?|Watering for {plant} on {area}[ with {soil} soil].|I grow {plant} on {area}[, soil: {soil}]. How much water do they need?
garden; sow_date planting.calendar; When to sow; plant seed=w carrots,peas,kale,leeks,pumpkins: what is sown | region place=c: where
 When do I sow {plant} in {region}?|Sowing time of {plant} around {region}.|I live in {region}. When should the {plant} go into the ground?
garden; tree_height estimate_tree; Height of a tree from its shadow; shadow shadow_length=f m: length of the shadow | angle sun_angle=f: height of the sun in degrees
 How tall is a tree whose shadow is {shadow} when the sun stands at {angle} degrees?|Height of a tree with a {shadow} shadow and the sun at {angle}.|A tree throws a shadow of {shadow} at a sun angle of {angle} degrees. Its height?
media; concert_search events.concerts; Concerts of an artist; artist performer=o: who plays | city place=c: where | month?=w January,March,May,July,October,December: when
 Where can I hear {artist} in {city}[ in {month}]?|Concerts by {artist} in {city}[, {month}].|Does {artist} play in {city}[ in {month}]?
media; book_copies library.find; Copies of a book in the library; title book=t: title of the book | author writer?=o: who wrote it | branch?=c: which branch
 Does the library have {title}[ by {author}][ at the branch in {branch}]?|Find {title}[ by {author}].|I am looking for the book {title}[, written by {author}][, branch {branch}].
media; play_station radio.play; Plays a radio station; station name=t: the station | volume loudness?=n: from 0 to 100 | minutes sleep_minutes?=n: off after so many minutes
 Play {station}[ at volume {volume}][ for {minutes} minutes].|Turn on {station}[, volume {volume}].|I want to listen to {station}[ and stop after {minutes} minutes].
media; film_rating movies.score; What people think of a film; film movie=t: the film | source site?=w critics,viewers,festival: whose rating | year?=y: year of the film
 How good is the film {film}[ from {year}][ according to {source}]?|Rating of {film}[ ({year})][ by {source}].|What do [{source} ]people think of {film}?
media; make_playlist music.mix; A list of songs; mood=w calm,happy,sad,wild,focused: how it should feel | length songs=n: how many songs | genre?=w jazz,folk,rock,soul,techno: kind of music
 Make a {mood} playlist of {length} [{genre} ]songs.|{length} songs that are {mood}[, all {genre}].|I need {length} [{genre} ]songs for a {mood} evening.
sport; race_pace running.pace; Pace that a goal needs; distance=f km: length in km | time goal_time=f min: goal in minutes
 How fast must I run {distance} in {time}?|Pace for {distance} within {time}.|I want to finish {distance} in {time}. Which pace?
sport; team_form league.last_games; Last games of a team; team club=t: the team | games count=n: how many games | home home_only?=b: whether only games at home count
 How did {team} play in the last {games} games[, {home}]?|Last {games} results of {team}[ {home}].|Show me {games} games of {team}.
sport; burn_calories fitness.energy; Energy that an exercise takes; activity exercise=w rowing,swimming,climbing,skating,yoga: what is done | minutes duration=n: how long | weight body_weight=f kg: of the person
 How many calories do {minutes} minutes of {activity} burn at {weight}?|I weigh {weight} and did {minutes} minutes of {activity}. How much energy is that?|{activity} for {minutes} minutes, {weight}: calories?
sport; court_booking book_court; Reserves a court; sport game=w tennis,squash,padel,badminton: what is played | time start_time=h: when | hall center=c: where | hours?=n: for how long, 1 by default
 Book a {sport} court in {hall} at {time}[ for {hours} hours].|I want to play {sport} in {hall} at {time}[, {hours} hours].|Reserve {sport} at {time}, {hall}.
people; send_card post.card; Sends a card to someone; recipient person=o: who gets it | text message=s: what it says | date send_on?=d: when it leaves
 Send {recipient} a card saying {text}[ on {date}].|A card for {recipient} with the words {text}[, to leave on {date}].|Please write {text} on a card to {recipient}.
people; find_contact contacts.lookup; Looks up a person; name person=o: who | field detail?=w phone,email,address,birthday: what is wanted
 What is the {field} of {name}?|Look up {name} in my contacts.|Give me the [{field} of ]{name} from my contacts.
people; plan_meeting calendar.add; Puts a meeting into the calendar; title subject=s: what it is about | day date=d: which day | start time=h: when it begins | guests attendees?=S: who is invited
 Put a meeting {title} on {day} at {start}[ with {guests}].|Meeting on {day}, {start}: {title}[. Invite {guests}].|Schedule {title} for {day} at {start}[ and ask {guests} to come].
people; family_tree genealogy.relatives; Relatives of a person; person name=o: who | relation kind=w parents,siblings,children,cousins: which relatives
 Who are the {relation} of {person}?|Find the {relation} of {person}.|List the {relation} that {person} has.
work; payroll_net salary.after_tax; Pay after tax; gross salary=m: pay before tax | country=c: where the tax is paid | children dependants?=n: how many children
 What is left of {gross} after tax in {country}[ with {children} children]?|Net pay for {gross} gross in {country}[, {children} children].|I earn {gross} in {country}[ and have {children} children]. What do I get?
work; invoice_total billing.sum; Sum of an invoice; hours quantity=f: hours worked | rate hourly_rate=m: price of an hour | discount?=p: discount in percent
 What do I bill for {hours} hours at {rate}[ less {discount}]?|Invoice: {hours} hours, {rate} each[, {discount} discount].|I worked {hours} hours for {rate} an hour[ and give {discount} off]. What is the total?
work; stock_level warehouse.count; How many of an article are there; article item sku=id: number of the article | store warehouse?=c: which store
 How many of {article} do we have[ in {store}]?|Stock of article {article}[ at {store}].|Is {article} still there[ in the {store} store]?
work; print_labels labels.print; Prints labels; text label=s: what stands on it | copies count=n: how many | size format?=w small,medium,large: how big
 Print {copies} [{size} ]labels with {text}.|I need {copies} labels that say {text}[, {size}].|Make {text} labels, {copies} pieces[, size {size}].
work; ticket_status support.ticket; State of a ticket; ticket number=id: which ticket | history with_history?=b: whether all changes are shown
 What happened to ticket {ticket}[, {history}]?|Status of {ticket}[ {history}].|How far are we with ticket {ticket}?
science; star_position sky.locate; Where a star stands; star object=w Vega,Mars,Sirius,Saturn,Polaris: what to find | place observer=c: seen from where | time hour?=h: when, now by default
 Where is {star} as seen from {place}[ at {time}]?|Find {star} in the sky over {place}[ at {time}].|I am in {place}. Where do I see {star}[ at {time}]?
science; dilute_solution chemistry.dilution; Water to add to a solution; volume start_volume=f ml: volume now | concentration start_concentration=p: share now | target target_concentration=p: share wanted
 How much water turns {volume} of {concentration} acid into {target}?|Dilute {volume} from {concentration} to {target}.|I have {volume} at {concentration} and want {target}. How much water?
science; gene_length genome.length; Length of a gene; gene symbol=id: which gene | species organism=w human,mouse,yeast,zebrafish: of which species
 How long is the gene {gene} in the {species}?|Length of {gene} ({species}).|In {species}, how many bases has {gene}?
science; quake_list seismic.events; Earthquakes of a region; region area=c: where | magnitude min_magnitude=f: strength at least | days period_days?=n: back for how many days
 Which earthquakes above {magnitude} were there in {region}[ in the last {days} days]?|Quakes near {region} with at least magnitude {magnitude}[, last {days} days].|List the earthquakes of {region} stronger than {magnitude}.
home; set_heating climate.set; Heats a room; room=w kitchen,bedroom,office,bathroom,hall: which room | temperature degrees=f C: how warm | until end_time?=h: until when
 Heat the {room} to {temperature}[ until {until}].|Make it {temperature} in the {room}[ till {until}].|I want {temperature} in the {room}.
home; blinds_move blinds.set; Moves the blinds of a room; room=w kitchen,bedroom,office,bathroom,attic: which room | position percent=n: how far closed, in percent
 Close the blinds in the {room} to {position} percent.|Blinds of the {room} at {position} %.|Set the {room} blinds to {position}.
home; power_use energy.usage; Electricity that a device takes; device appliance=w fridge,washer,dryer,oven,heater: which device | hours daily_hours=f: hours a day | price cost_per_kwh?=m: price of a kWh
 What does my {device} use if it runs {hours} hours a day[ at {price} per kWh]?|Power of a {device}, {hours} hours daily[, {price} a kWh].|The {device} is on for {hours} hours every day. How much is that?
home; order_groceries shop.order; Orders groceries; items goods=S: what is bought | shop store=t: where | time delivery_time?=h: when it comes
 Order {items} from {shop}[ for {time}].|Get me {items} at {shop}[, delivered at {time}].|Please buy {items} from {shop}.
cars; charge_time ev.charging; Time to charge a car; battery capacity_kwh=f kWh: size of the battery | power charger_power=f kW: power of the charger | share from_percent?=p: how full it is
 How long does {battery} take to load at {power}[ from {share}]?|Charging a battery of {battery} with {power}[, now at {share}].|My car has {battery} and the charger {power}. When is it full?
cars; stopping_distance braking; Meters until a car stands; speed velocity=f km/h: speed in km/h | surface road?=w dry,wet,snow,ice: the road
 How far does a car go until it stands, braking at {speed}[ on a {surface} road]?|Stopping distance at {speed}[, {surface}].|I brake at {speed}[ when it is {surface}]. How many meters?
cars; rent_van rental.van; Rents a van; city pickup_city=c: where | start pickup_date=d: from when | end return_date=d: until when | size?=w small,medium,large: how big
 Rent a [{size} ]van in {city} from {start} to {end}.|I need a [{size} ]van in {city}, {start} until {end}.|Van in {city} between {start} and {end}[, {size}].
cars; fuel_cost trip.fuel; Fuel that a trip costs; distance trip_km=f km: length of the trip | consumption liters_per_100km=f: liters for 100 km | price fuel_price=m: price of a liter
 What does fuel cost for {distance} at {consumption} liters and {price} a liter?|Trip of {distance}, the car takes {consumption}, fuel is {price}: cost?|I drive {distance}; the car needs {consumption} liters per 100 km at {price}. How much is that?
text; rhymes_for poetry.rhymes; Words that rhyme; word=W: the word | count limit?=n: how many at most
 What rhymes with {word}?|Give me [{count} ]rhymes for {word}.|Words that rhyme with {word}[, at most {count}].
text; read_aloud speech.speak; Speaks a text; text sentence=s: what to say | voice speaker?=w low,high,child,robot: which voice | speed rate?=f: how fast, 1 by default
 Say {text}[ with a {voice} voice][ at speed {speed}].|Read {text} aloud[, voice {voice}].|Speak the sentence {text}.
text; check_spelling proof.check; Finds slips in a text; text content=s: the text | language lang?=w English,German,French,Spanish: language of the text
 Is {text} spelled right[ in {language}]?|Check the spelling of {text}[ ({language})].|Find the mistakes in {text}.
physics; lever_balance mechanics.lever; Force that balances a lever; weight load=f kg: weight on the short arm in kg | short_arm arm1=f m: length of the short arm in meters | long_arm arm2=f m: length of the long arm in meters
 Which force balances {weight} on a lever with arms of {short_arm} and {long_arm}?|A lever has arms of {short_arm} and {long_arm}; {weight} hang on the short one. What holds it?|Lever: load {weight}, arms {short_arm} and {long_arm}.
physics; sound_delay thunder.distance; Distance of a thunderstorm; seconds delay=n: seconds between flash and thunder | air_temperature temp?=f C: temperature of the air
 The thunder came {seconds} seconds after the flash[ at {air_temperature}]. How far away is the storm?|How distant is lightning with a delay of {seconds} seconds[, air at {air_temperature}]?|Storm distance for {seconds} seconds.
physics; tank_drain hydraulics.drain_time; Time until a tank is empty; volume tank_volume=f m3: volume of the tank in cubic meters | flow rate=f: liters per second that flow out | open_share valve?=p: how far the valve is open
 A tank of {volume} loses {flow} liters per second. When is it empty?|How long does {volume} take to run out at {flow} liters per second[ with the valve at {open_share}]?|Drain time: {volume}, {flow} liters a second[, valve {open_share}].
maths; divide_evenly share_out; Shares of a number; total amount=n: what is shared | parts people=n: among how many | remainder keep_rest?=b: whether the rest is kept
 Share {total} among {parts} people[ {remainder}].|{total} divided among {parts}: what does each get?|Split {total} sweets between {parts} children evenly.
maths; box_volume geometry.box; Volume of a box; length side_a=f cm: length in cm | width side_b=f cm: width in cm | height side_c=f cm: height in cm
 How much fits into a box of {length} by {width} by {height}?|Volume of a box that is {length} long, {width} wide and {height} high.|The box has three sides, {length}, {width} and {height}. What is its volume?
maths; sort_numbers order_values; Numbers in order; numbers values=L: the numbers | descending reverse?=b: largest first
 Put {numbers} in order.|Sort {numbers}.|Order the values {numbers} by size[, {descending}].
maths; between_dates calendar.days_between; Days between two dates; first start_date=d: first date | last end_date=d: last date
 How many days lie between {first} and {last}?|Count the days from {first} to {last}.|{first} until {last}: how many days is that?
money; exchange_cash fx.convert; Money in another currency; amount sum=m: how much | source from_currency=w EUR,USD,GBP,CHF,JPY,SEK: currency now | target to_currency=w NOK,PLN,CZK,DKK,HUF,INR: currency wanted
 What is {amount} of {source} in {target}?|Change {amount} from {source} to {target}.|How many {target} do I get for {amount} {source}?
money; insurance_premium premium.quote; Price of an insurance; value insured_value=m: value insured | kind policy=w fire,theft,water,travel,bike: against what | years term?=n: for how many years | deductible own_share?=m: what is paid by oneself
 What does {kind} insurance for {value} cost[ over {years} years]?|Insure {value} against {kind}[ with a deductible of {deductible}].|Premium for {kind}: value {value}[, {years} years][, own share {deductible}].
travel; hostel_search beds.search; Hostels of a town; town city=c: which town | arrival check_in=d: first night | departure check_out=d: day of leaving | beds count?=n: how many beds | breakfast with_breakfast?=b: whether breakfast is needed
 Hostels in {town} from {arrival} to {departure}[ with {beds} beds][, {breakfast}].|Find {beds} beds in {town}, {arrival} until {departure}.|I come to {town} on {arrival} and leave on {departure}. Where can I sleep?
travel; pack_list luggage.plan; A list of what to pack; place destination=c: where to | season=w spring,summer,autumn,winter: when | days nights=n: how long | activities plans?=S: what is planned
 What do I pack for {days} days in {place} in {season}[ if I plan {activities}]?|Packing list: {place}, {season}, {days} days[, {activities}].|I go to {place} for {days} days this {season}[ for {activities}]. What goes into the bag?
kitchen; unit_swap kitchen.convert; Kitchen units; quantity amount=f: how much | source from_unit=w cups,ounces,spoons,pints: unit now | target to_unit=w milliliters,grams,liters: unit wanted
 How many {target} are {quantity} {source}?|Convert {quantity} {source} into {target}.|{quantity} {source} in {target}, please.
media; radio_station tune_radio; Starts a radio station; station name=t: the station | volume loudness?=n: how loud, from 1 to 20 | minutes stop_after?=n: when it stops again
 Play the station {station}[ at volume {volume}][ for {minutes} minutes].|Turn on {station}[, loudness {volume}][, stop after {minutes} minutes].|I want to hear {station}[ for {minutes} minutes].
media; photo_resize images.resize; Another size for a picture; picture file=s: the picture | width pixels_wide=n: width in pixels | height pixels_high=n: height in pixels | keep_ratio?=b: whether the ratio stays
 Resize {picture} to {width} by {height} pixels.|Make {picture} {width} pixels wide and {height} high.|Scale the picture {picture} to {width}x{height}[ {keep_ratio}].
sport; league_table standings.get; Table of a league; league competition=t: which league | season year?=y: which season | top rows?=n: how many teams
 Show the table of {league}[ for {season}][, the top {top}].|Who leads {league}[ in {season}]?|Standings of {league}[, season {season}][, first {top} teams].
people; gift_ideas presents.suggest; Ideas for a present; recipient person=o: for whom | age years_old?=n: how old | budget price_max=m: price at most | interests likes=S: what the person likes
 What can I give {recipient}, who likes {interests}, for up to {budget}?|A present for {recipient}[ ({age} years)] under {budget}; interests are {interests}.|Ideas for {recipient}: likes {interests}, at most {budget}[, age {age}].
work; book_desk desks.reserve; Reserves a desk; floor level=n: which floor | day date=d: which day | morning half_day?=b: only in the morning | near_window window?=b: whether it is near a window
 Reserve a desk on floor {floor} for {day}.|I need a desk on level {floor} on {day}.|Book me a place for {day}, floor {floor}[, {near_window}][, {morning}].
work; sum_hours timesheet.total; Hours of a person; employee worker=o: who | from_day start=d: from when | to_day end=d: until when | project?=t: only of this project
 How many hours did {employee} work from {from_day} to {to_day}[ on {project}]?|Hours of {employee} between {from_day} and {to_day}[, project {project}].|Total the time of {employee}, {from_day} until {to_day}.
science; bacteria_growth culture.size; Size of a culture after some time; start initial_count=n: bacteria now | doubling doubling_minutes=f min: time in which it doubles | hours elapsed=f: hours that pass
 {start} bacteria double every {doubling}. How many are there after {hours} hours?|How large is a culture of {start} after {hours} hours when it doubles in {doubling}?|Growth: start {start}, doubling {doubling}, {hours} hours.
science; rock_age geology.date_sample; Age of a rock; sample_id sample=id: which sample | method=w argon,carbon,uranium: how it is dated | half_life?=f: half-life in years
 How old is sample {sample_id} by the {method} method?|Date sample {sample_id} with {method}[ and a half-life of {half_life}].|Age of {sample_id}, {method}.
home; lamp_scene lights.scene; Light of a room; room=w kitchen,bedroom,office,bathroom,hall: which room | color shade=w red,white,blue,amber,green: which color | brightness level=p: how bright | fade seconds?=n: how slowly it changes
 Light the {room} in {color} at {brightness}[ within {fade} seconds].|Set the {room} lamp to {color}, {brightness}.|I want {brightness} {color} light in the {room}.
cars; parking_fee parking.price; Price of parking; lot place=t: where the car stands | from_time start=h: since when | to_time end=h: until when | electric ev?=b: whether it is an electric car
 What does parking at {lot} cost from {from_time} to {to_time}?|Parking fee: {lot}, {from_time} until {to_time}.|I park at {lot} between {from_time} and {to_time}[ {electric}]. How much is it?
text; word_count text.count; Counts words; text content=s: the text | minimum min_letters?=n: only words of at least so many letters
 How many words has {text}[ with at least {minimum} letters]?|Count the words of {text}.|Word count of {text}[, from {minimum} letters on].
text; translate_line lang.translate; A sentence in another language; text sentence=s: the sentence | source from_lang?=w English,Dutch,Polish,Greek: language now | target to_lang=w French,Turkish,Czech,Finnish: language wanted
 Translate {text} into {target}.|How do I say {text} in {target}?|{text} in {target}, please[ (it is {source})].
"""
