# SPDX-License-Identifier: Apache-2.0
"""More functions of trades, many with a near sibling beside them, and what people leave unsaid: units, starts from rest, a week.

Rows are everyday.py's, with these kinds more: `N` a large number, `q` a share that the call wants as a decimal, `U key a,b` the unit
in which `key` is said, `e a,b` some of a list, `F` a formula, `r key/kind,..` an object, `b yes/no` a flag with its words. A choice
may be said otherwise (`celsius~degrees Celsius`). In a request `<key=json>` is not said: the words around it mean this value.
"""

ROWS = """
triangles; area_from_base geometry.triangle_area; Area of a triangle from one side and its height; base b=f cm: the side | height h=f cm: height on that side | unit?=U base,height cm,inches,feet,m: unit of both lengths
 What area has a triangle with a base of {base} and a height of {height}?|Area of a triangle, base {base}, height {height}.|A sail is a triangle {height} high and {base} wide at the bottom. How big is it?|Work out the area of a triangle whose base and height are {base} and {height}.
triangles; area_from_sides geometry.heron; Area of a triangle from its three sides; side_a a=f cm: first side | side_b b=f cm: second side | side_c c=f cm: third side
 How large is a triangle with sides {side_a}, {side_b} and {side_c}?|Area of the triangle that has the sides {side_a}, {side_b}, {side_c}.|My plot has three straight edges of {side_a}, {side_b} and {side_c}; what is its area?|The three sides of a triangle are {side_a}, {side_b} and {side_c}. Its area?
triangles; longest_side right_triangle.hypotenuse; Longest side of a triangle with a right angle; leg_a x a=f: first short side | leg_b y b=f: second short side | digits?=n: digits behind the point, 2 by default
 A right triangle has legs of {leg_a} and {leg_b}. How long is the third side?|Hypotenuse for the short sides {leg_a} and {leg_b}[, rounded to {digits} digits].|By Pythagoras, {leg_a} and {leg_b} give which long side[ to {digits} digits]?|Find the slanted side if the two others are {leg_a} and {leg_b}.
triangles; triangle_facts triangle.describe; Angles and perimeter of a triangle; side1=f: one side | side2=f: another side | side3=f: the last side | with_angles?=b with its angles/without the angles: whether angles are given | with_perimeter?=b with the perimeter too/but not the perimeter: whether the perimeter is given
 Tell me about the triangle with sides {side1}, {side2} and {side3}[, {with_angles}][, {with_perimeter}].|What can you say of a triangle that measures {side1} by {side2} by {side3}?|Describe a triangle: sides {side1}, {side2}, {side3}[ {with_angles}].
circles; around_circle circle.circumference; Length around a circle; radius r=f cm: distance from the middle | unit?=U radius inches,cm,m,feet,miles: unit of the radius
 How far is it around a circle with a radius of {radius}?|Circumference for radius {radius}?|A round pond has a radius of {radius}. How long is its edge?|What is the length around a circle of radius {radius}?
circles; disk_area circle.area; Area of a circle; radius r=f cm: distance from the middle | unit?=U radius inches,cm,m,feet,miles: unit of the radius
 What area has a circle with a radius of {radius}?|Area of a round table whose radius is {radius}.|How big is a disk of radius {radius}?|Surface of a circle, radius {radius}.
circles; ring_sector circle.sector; Area of a slice of a circle; radius r=f: distance from the middle | angle degrees=f: angle of the slice in degrees
 How big is a slice of {angle} degrees from a circle of radius {radius}?|Sector with radius {radius} and angle {angle}: its area?|I cut {angle} degrees out of a cake with a radius of {radius}. What area is that?
solids; ball_volume sphere.volume; Volume of a ball; radius r=f cm: radius of the ball | unit?=U radius cm,m,inches,feet: unit of the radius
 How much room is inside a ball with radius {radius}?|Volume of a sphere, radius {radius}.|What is the volume of a sphere that has a radius of {radius}?
solids; can_volume cylinder.volume; Volume of a cylinder; radius r=f cm: radius of the bottom | height h=f cm: height
 How much goes into a can {height} high with a radius of {radius}?|Volume of a cylinder with radius {radius} and height {height}.|A pipe of radius {radius} is {height} long. What volume does it hold?
solids; cone_volume cone.volume; Volume of a cone; radius r=f cm: radius of the bottom | height h=f cm: height
 How much ice goes into a cone of radius {radius} and height {height}?|Volume of a cone that is {height} high and has a radius of {radius}.|Cone: height {height}, radius {radius}. Volume?
numbers; shared_divisor arithmetic.gcd; Largest number that divides both; first num1 a=N: one number | second num2 b=N: other number
 What is the greatest common divisor of {first} and {second}?|Largest number by which both {first} and {second} can be divided?|GCD of {first} and {second}.|Find the biggest divisor that {first} shares with {second}.
numbers; shared_multiple arithmetic.lcm; Smallest number that both divide; first num1 a=n: one number | second num2 b=n: other number
 What is the least common multiple of {first} and {second}?|LCM of {first} and {second}.|Which is the smallest number that {first} and {second} both divide?
numbers; product_down factorial_of maths.factorial; Product of all whole numbers up to one; number n=n: the last factor
 What is {number} factorial?|Compute the factorial of {number}.|How much is {number}!?|Multiply all numbers from 1 to {number}.
numbers; split_primes prime_factors; Prime numbers of which a number is made; number n=N: what is split | form return_form?=w list,dictionary,string: how the result is written
 Which primes make up {number}[, as a {form}]?|Break {number} into prime factors[ and give them as a {form}].|Prime factorization of {number}[; return a {form}].|Factor {number} into primes.
numbers; prime_check is_prime; Whether a number is prime; number candidate=N: number in question
 Is {number} a prime number?|Check whether {number} is prime.|Can {number} be divided by anything but itself and one?
numbers; fibonacci_list sequence.fibonacci; First numbers of Fibonacci's row; count n=n: how many | from_zero start_zero?=b starting at zero/not starting at zero: whether the row begins with 0
 Give me the first {count} Fibonacci numbers[, {from_zero}].|Fibonacci's row, {count} of them[ {from_zero}].|List {count} numbers of the Fibonacci sequence.
numbers; power_of exponent.raise; A number to a power; base x=f: what is multiplied | exponent power n=n: how often | modulo mod?=n: divisor of which the rest is taken
 What is {base} to the power of {exponent}[, modulo {modulo}]?|Raise {base} to the {exponent}th power[ and take it modulo {modulo}].|{base}^{exponent}[ mod {modulo}] please.|How much is {base} to the {exponent}[ modulo {modulo}]?
numbers; root_of square_root; Root of a number; number value x=N: under the root | digits precision?=n: digits behind the point
 What is the square root of {number}[ to {digits} digits]?|Root of {number}[, {digits} digits behind the point].|Which number times itself is {number}[ (precision: {digits})]?
statistics; mean_of average.compute; Mean of numbers; numbers data values=L: the numbers
 What is the average of {numbers}?|Mean of {numbers}.|My scores were {numbers}. What do they average to?|Average these for me: {numbers}.
statistics; spread_of standard_deviation; How far numbers lie from their mean; numbers data values=L: the numbers | sample is_sample?=b as a sample/for the whole population: whether they are a sample
 How spread out are {numbers}[, {sample}]?|Standard deviation of {numbers}[ {sample}].|Compute the deviation of the data set {numbers}.
statistics; middle_value median.find; Median of numbers; numbers data values=L: the numbers
 Which number is in the middle of {numbers}?|Median of {numbers}.|Find the median of the values {numbers}.
statistics; coin_chance binomial.probability; Chance of a number of hits in some tries; tries trials n=n: how many tries | hits successes k=n: how many hits | chance p success_probability=q: chance of a hit, as a decimal
 How likely are {hits} hits in {tries} tries when each has a chance of {chance}?|Probability of {hits} successes out of {tries} if one succeeds with {chance}.|{tries} throws, {hits} hits, chance {chance} each: how probable is that?
statistics; fit_line regression.linear; A line through points; x_values xs=L: values along the first axis | y_values ys=L: values along the second axis | at predict_at?=f: where the line is read
 Fit a line to x = {x_values} and y = {y_values}[ and read it at {at}].|Linear regression with x values {x_values} and y values {y_values}[, predicted at {at}].|I measured {y_values} at {x_values}. Which line fits[, and what is it at {at}]?
algebra; solve_square quadratic.solve; Solutions of an equation of second degree; a=n: factor of x squared | b=n: factor of x | c=n: what stands alone | kind root_type?=w real,complex,all: which solutions are wanted
 Solve the quadratic equation with a = {a}, b = {b} and c = {c}[, {kind} roots].|Roots of {a}x^2 + {b}x + {c} = 0[ ({kind})].|Which x fulfil {a}x² + {b}x + {c} = 0[? I want the {kind} ones]?|The coefficients are {a}, {b} and {c}; find the[ {kind}] roots of the equation of second degree.
algebra; slope_at derivative.evaluate; Slope of a function at a place; formula function f=F: the function of x | place x at=n: where
 What is the derivative of {formula} at x = {place}?|Slope of {formula} at {place}.|How steep is f(x) = {formula} when x is {place}?|Differentiate {formula} and put in {place}.
algebra; area_below integral.compute; Area below a curve; formula function f=F: the function of x | start lower a=n: left end | end upper b=n: right end | method?=w trapezoid,simpson,midpoint: how it is computed
 What is the area below {formula} from x = {start} to x = {end}[, by the {method} rule]?|Integrate {formula} from {start} to {end}[ with the {method} method].|Integral of the function {formula} between {start} and {end}[ using {method}].|Area under y = {formula}, from {start} up to {end}.
algebra; limit_to limits.find; What a function tends to; formula function=F: the function of x | target approaches=n: to where x goes
 What does {formula} tend to when x goes to {target}?|Limit of {formula} as x approaches {target}.|Where does {formula} go for x towards {target}?
algebra; matrix_product matrices.multiply; Product of two rows of numbers; left row_a=L: first row | right row_b=L: second row
 Multiply the vectors {left} and {right}.|Dot product of {left} with {right}.|What do {left} times {right} give?
motion; end_speed kinematics.speed_after; Speed after some time; start initial_speed v0=f m/s: speed at first, in m/s | acceleration a=f m/s2: how it grows, in m/s^2 | time t duration=f s: for how many seconds
 A car rolls at {start} and speeds up with {acceleration} for {time}. How fast is it then?|What speed is reached after {time} with an acceleration of {acceleration}, beginning at {start}?|Final velocity: initially {start}, accelerating at {acceleration}, for {time}.|<start=0>A train begins at rest and accelerates with {acceleration} for {time}. Which speed does it have?|<start=0>How fast is something after {time} when it starts from standstill with {acceleration}?
motion; way_covered kinematics.distance; Way covered while speeding up; start initial_speed v0=f m/s: speed at first, in m/s | acceleration a=f m/s2: how it grows, in m/s^2 | time t duration=f s: for how many seconds | digits rounding?=n: digits behind the point
 How far does a bike get in {time} that starts with {start} and accelerates with {acceleration}[, to {digits} digits]?|Distance covered: first {start}, acceleration {acceleration}, time {time}[, rounded to {digits} places].|Something moving at {start} accelerates at {acceleration} for {time}. What way does it make?|<start=0>From rest, with {acceleration}, for {time}: how far does it go?
motion; speed_over_way kinematics.speed_by_distance; Speed after some way; start initial_speed v0?=f m/s: speed at first, 0 by default | acceleration a=f m/s2: how it grows, in m/s^2 | distance way=f m: way in meters
 How fast is a sled after {distance} if it accelerates at {acceleration}[, starting with {start}]?|Final speed over a distance of {distance} with an acceleration of {acceleration}[ and {start} at first].|It starts from rest and accelerates at {acceleration} over {distance}. Which speed is that?
motion; fall_time gravity.fall; Time that a fall takes; height h=f m: from how high, in meters | start initial_velocity?=f m/s: speed at first, 0 by default | gravity g?=f: acceleration of the fall, 9.81 by default
 How long does a stone fall from {height}[ when thrown down with {start}]?|Something is dropped from a {height} tower. When does it land[ if g is {gravity}]?|Fall from {height} without air: how many seconds[ with a gravity of {gravity}]?|An object falls {height}. How long does that take, if we neglect the air[ and it starts with {start}]?
motion; fall_speed gravity.impact; Speed at the end of a fall; height h=f m: from how high, in meters | start initial_velocity?=f m/s: speed at first, 0 by default | gravity g?=f: acceleration of the fall, 9.81 by default
 How fast is a ball at the ground after a drop from {height}?|Impact speed of a fall from {height}[ with {start} at first].|A hammer is dropped from a roof {height} high. With what speed does it hit the ground[, gravity {gravity}]?|<start=0>Speed at the end: falls {height}, initial velocity is zero.
motion; throw_range projectile.range; How far a throw goes; speed velocity=f m/s: speed at first, in m/s | angle=f: angle in degrees | height start_height?=f m: from how high
 How far does a ball fly at {speed} and {angle} degrees[ from a height of {height}]?|Range of a throw with {speed} at an angle of {angle} degrees[, thrown {height} above the ground].|I throw at {angle} degrees with {speed}. Where does it land?
motion; moving_energy energy.kinetic; Energy of something that moves; mass m=f kg: mass in kg | speed velocity v=f m/s: speed in m/s
 What energy has a body of {mass} that moves with {speed}?|Kinetic energy: mass {mass}, speed {speed}.|A cart weighs {mass} and rolls at {speed}. How much energy is in it?|How much energy has {mass} at {speed}?
motion; lifted_energy energy.potential; Energy of something lifted; mass m=f kg: mass in kg | height h=f m: height in meters | gravity g?=f: 9.81 by default
 How much energy takes lifting {mass} by {height}[ where gravity is {gravity}]?|Potential energy of {mass} at a height of {height}.|{mass} hang {height} above the floor. What energy is that[ with g = {gravity}]?
electric; field_of_charge electricity.field; Field around a charge; charge q=f C: charge in coulombs | distance r=f m: how far from it, in meters | medium?=w vacuum,air,water,oil: what is around
 What is the electric field at {distance} from a charge of {charge}[ in {medium}]?|Field {distance} away from a {charge} charge[, medium {medium}].|A charge of {charge}: how strong is its field at a distance of {distance}?
electric; wire_field magnetism.wire; Magnetic field beside a wire; current i=f A: current in amperes | distance r=f m: how far from it, in meters | permeability?=f: of what is around
 How strong is the magnetic field {distance} from a wire with {current}[ if the permeability is {permeability}]?|Magnetic field of a current of {current} at a distance of {distance}.|A wire carries {current}. What field is {distance} away from it?
electric; wire_resistance resistance_of_wire; Resistance of a wire; length=f m: length in meters | area cross_section=f mm2: cross section | material resistivity=w copper,aluminum,silver,iron,gold: what the wire is made of
 What resistance has a {material} wire {length} long with a cross section of {area}?|Resistance: {length} of {material}, {area} thick.|I have a wire of {material}, {length}, {area}. How much does it resist?
electric; plate_capacity capacitor.plates; Capacitance of two plates; area a=f m2: area of a plate | gap d distance=f mm: distance of the plates | constant k dielectric?=f: constant of what is between, 1 by default
 What is the capacitance of plates of {area} that are {gap} apart[ with a constant of {constant}]?|Two plates of {area}, {gap} between them[, dielectric constant {constant}]: what capacitance?|Capacitor: plate area {area}, gap {gap}[, K = {constant}].
electric; power_drawn circuit.power; Power of a circuit; voltage v=f V: voltage | current i=f A: current
 Which power draws a device with {voltage} and {current}?|Power at {voltage} and {current}.|A lamp takes {current} at {voltage}. How many watts is that?
heat; warm_up heat.needed; Energy to warm something; substance material=w water,aluminum,iron,oil,copper: what is warmed | mass=f g: mass in grams | from_temp initial_temperature start=f C: temperature before | to_temp final_temperature end=f C: temperature after
 How much energy does it take to heat {mass} of {substance} from {from_temp} to {to_temp}?|Warm {mass} of {substance}, {from_temp} to {to_temp}: how many joules?|Heat needed for {substance}: mass {mass}, starting at {from_temp}, ending at {to_temp}.
heat; gas_pressure ideal_gas; Pressure of a gas; amount moles n=f: how much gas, in mol | temperature t=f K: temperature in kelvin | volume v=f l: volume in liters
 What pressure have {amount} moles of gas at {temperature} in {volume}?|Ideal gas: {amount} mol, {temperature}, {volume}. Pressure?|{volume} hold {amount} moles at {temperature}; how high is the pressure?
heat; change_scale temperature.convert; Temperature on another scale; value degrees=f: temperature | source from_unit=w celsius~degrees Celsius,fahrenheit~degrees Fahrenheit,kelvin~kelvin: scale now | target to_unit=w kelvin~kelvin,rankine~Rankine,reaumur~degrees Réaumur: scale wanted
 What is {value} {source} in {target}?|Convert {value} {source} to {target}.|{value} {source}, how much is that in {target}?
chemistry; molar_weight molecule.mass; Mass of a mole; compound formula=w H2O,NaCl,CO2,C6H12O6,NH3,H2SO4: the compound | unit to_unit?=w grams,kilograms: unit of the result
 How heavy is a mole of {compound}[, in {unit}]?|Molar mass of {compound}[ in {unit}].|What does one mole of {compound} weigh?
chemistry; acid_value solution.ph; pH of a solution; concentration ions=f: hydrogen ions in mol per liter | temperature?=f C: temperature, 25 by default
 What pH has a solution with {concentration} mol of hydrogen ions per liter[ at {temperature}]?|pH for a concentration of {concentration}[, {temperature}].|How sour is something with {concentration} mol/l of ions?
chemistry; element_fact elements.lookup; A fact about an element; element name=w iron,helium,carbon,neon,zinc,oxygen: which element | property field=w boiling_point~boiling point,density,melting_point~melting point,atomic_number~atomic number: what is wanted
 What is the {property} of {element}?|{property} of {element}?|Look up the {property} for {element}.|I need the {element} {property}.
biology; species_count wildlife.population; Animals that live in a country; species animal=w wolves,storks,tigers,otters,lynx,bears: which animal | country region=c: where | years period?=n: for how many past years
 How many {species} live in {country}[, for the last {years} years]?|Population of {species} in {country}[ over the past {years} years].|Numbers of {species} for {country}[, {years} years back].|<years=10>How did the {species} of {country} do over the past decade?
biology; species_forecast wildlife.projection; Animals expected in a country; species animal=w wolves,storks,tigers,otters,lynx,bears: which animal | country region=c: where | years ahead=n: years ahead
 How many {species} will {country} have in {years} years?|Projected number of {species} in {country} for the next {years} years.|What becomes of the {species} in {country} within {years} years?
biology; habitat_effect ecology.impact; What a species does to a place; species animal=w deer,boars,beavers,rabbits,goats: which animal | place region ecosystem=c: where | years duration?=n: for how many years
 What do {species} do to the woods of {place}[ in {years} years]?|Effect of {species} on {place}[ over {years} years].|How do {species} change {place}?
biology; protein_lookup proteins.get; A protein's sequence; protein name=t: the protein | model_3d?=b with its 3D model/without a model: whether a model comes with it
 Get the sequence of {protein}[ {model_3d}].|Show me the protein {protein}[, {model_3d}].|I want the sequence of {protein}.
biology; blood_match genetics.blood; Blood groups a child can have; mother parent1=w A,B,AB,O: group of one parent | father parent2=w A,B,AB,O: group of the other
 The mother has blood group {mother}, the father {father}. What can the child have?|Blood groups of a child whose parents have {mother} and {father}.|Parents {mother} and {father}: which blood group for the baby?
places; capital_city country.capital; Capital of a country; country nation=c: the country
 What is the capital of {country}?|Which city is {country}'s capital?|Capital city of {country}, please.|Where does {country} have its government?
places; people_number country.population; People in a country; country nation area=c: the country | year?=y: in which year
 How many people live in {country}[, in {year}]?|Population of {country}[ in {year}].|What was the number of inhabitants of {country}[ in {year}]?
places; city_distance geo.distance; Distance of two cities; start city1 from_city=c: first city | end city2 to_city=c: second city | unit?=w km~kilometers,miles: unit of the distance
 How far is it from {start} to {end}[ in {unit}]?|Distance between {start} and {end}[, in {unit}].|How many [{unit} ]lie between {start} and {end}?
places; height_above elevation.get; Height of a place; latitude lat=f: latitude | longitude lon=f: longitude
 How high above the sea is {latitude}, {longitude}?|Elevation at latitude {latitude} and longitude {longitude}.|What height has the point {latitude},{longitude}?
places; local_time clock.now; Time of day in a city; city location=c: which city | format?=w 12h~12 hours,24h~24 hours: how it is shown
 What time is it in {city}[, in {format} format]?|Time in {city} now[ ({format})].|How late is it over in {city}?
weather; sky_forecast forecast.get; Weather of the next days; city location place=c: where | days=n: how many days | unit?=w metric~in metric units,imperial~in imperial units: units
 What will the weather be in {city} for the next {days} days[ {unit}]?|Forecast for {city}, {days} days[, {unit}].|Will I need an umbrella in {city} over the next {days} days?|<days=7>How is the weather in {city} this coming week[ {unit}]?|<days=1>What's the weather like in {city} tomorrow?
weather; past_weather weather.history; Weather of a day that is over; city location place=c: where | date day=d: which day
 How was the weather in {city} on {date}?|What did the sky do in {city} on {date}?|Weather of {date} in {city}, please.
weather; wind_at weather.at_point; Wind at a point; point coordinates=L 2: latitude and longitude | date day?=d: which day
 How windy is it at {point}[ on {date}]?|Wind at the coordinates {point}[, {date}].|Get the wind for {point}[ of {date}].
weather; air_quality air.index; How clean the air is; city location place=c: where | date day?=d: which day
 How is the air in {city}[ on {date}]?|Air quality of {city}[ for {date}].|Is the air in {city} clean[ on {date}]?
sales; tax_on_purchase sales_tax; Tax on a purchase; amount purchase_amount=m: what is bought, in money | city=c: where | state=w Ohio,Texas,Nevada,Maine,Utah,Iowa: in which state
 How much tax is on a purchase of {amount} in {city}, {state}?|Sales tax for {amount} in {city}, {state}.|I spend {amount} in {city}, {state}. What is the tax?
sales; growth_rate revenue.growth; Growth of a company from one year to another; company name=t: the company | year1 first_year=y: first year | revenue1 first_revenue=M: money made then | year2 second_year=y: second year | revenue2 second_revenue=M: money made then
 How much did {company} grow between {year1} with {revenue1} and {year2} with {revenue2}?|Growth rate of {company}: revenue of {revenue1} in {year1} and {revenue2} in {year2}.|{company} made {revenue1} in {year1} and {revenue2} in {year2}. By how much did it grow?
sales; revenue_if revenue.forecast; Revenue when more is sold; company name=t: the company | product article=t: what is sold | increase sales_increase?=p: how many percent more is sold
 What would {company} make if it sold {increase} more of {product}?|Revenue forecast of {company} for {product}[ with {increase} more sales].|{company} sells {product}. What if sales rise by {increase}?
sales; return_on_equity ratios.roe; Profit by equity; profit net_income=M: profit of the year | equity shareholder_equity=M: money of the owners | dividends dividends_paid?=M: what was paid out
 What return on equity is a profit of {profit} with equity of {equity}[ after paying {dividends} of dividends]?|ROE: net income {profit}, equity {equity}[, dividends {dividends}].|The firm earned {profit} and its owners hold {equity}. Which return is that[ if {dividends} are paid out]?
sales; break_even margin.break_even; Pieces to sell until costs are met; fixed fixed_costs=M: costs that always come | price unit_price=m: price of a piece | cost unit_cost=m: what a piece costs
 How many must I sell at {price} if one costs me {cost} and I have {fixed} of fixed costs?|Break-even with fixed costs {fixed}, price {price} and unit cost {cost}.|Fixed costs are {fixed}, a piece costs {cost} and sells for {price}. When do I earn something?
finance; future_value compound.value; What money grows to with compound interest; principal amount present_value=M: money now | rate interest_rate annual_rate=q: yearly interest, as a decimal | years time n=n: how many years | times compounds_per_year?=n: how often interest is added each year
 What do {principal} become in {years} years at {rate} interest[, compounded {times} times a year]?|Future value of {principal}, {years} years, rate {rate}[, interest added {times} times per year].|I invest {principal} for {years} years with {rate} a year. What is it then?|<times=12>{principal} at {rate}, compounded monthly, for {years} years: how much?|<times=1>{principal} at {rate}, compounded yearly, for {years} years?
finance; monthly_rate mortgage.payment; Monthly payment of a loan; loan loan_amount principal=M: money that is lent | rate interest_rate annual_rate=q: yearly interest, as a decimal | years term loan_term=n: how many years
 What do I pay each month for a loan of {loan} at {rate} over {years} years?|Mortgage of {loan}, {years} years, {rate}: monthly payment?|I borrow {loan} for {years} years with an interest of {rate}. How much is it per month?
finance; share_price stocks.quote; Price of a share; symbol ticker=W: sign of the share | market exchange?=w NYSE,NASDAQ,LSE,XETRA: where it is traded
 What is the price of {symbol}[ on {market}]?|Quote for {symbol}[, {market}].|How much is a share of {symbol} right now[ at the {market}]?
finance; tell_dividend stocks.dividend; Money from shares; shares quantity=N: how many shares | per_share dividend=m: paid for each share | yearly payouts?=n: payments a year
 What do I get for {shares} shares that pay {per_share} each[, {yearly} times a year]?|Dividends: {shares} shares, {per_share} per share[, paid {yearly} times].|I hold {shares} shares with a dividend of {per_share}. How much is that[ with {yearly} payments a year]?
finance; move_money bank.transfer; Moves money between accounts; source from_account=id: account it leaves | target to_account=id: account it reaches | amount sum=m: how much | note?=s: what it is for
 Move {amount} from {source} to {target}[ with the note {note}].|Transfer {amount} out of account {source} into {target}.|Please send {amount} from my account {source} to {target}[, note: {note}].
finance; pay_in bank.deposit; Puts money into an account; account account_id number=id: which account | amount sum=m: how much
 Deposit {amount} into account {account}.|Put {amount} on my account {account}.|I want to pay {amount} into {account}.
finance; read_balance bank.balance; Money on an account; account account_id number=id: which account | type account_type?=w checking,savings,business: kind of account
 How much is on account {account}[ ({type})]?|Balance of [the {type} ]account {account}.|What money do I have on {account}[, my {type} account]?
history; event_date history.when; Day of an event; event name=t: what happened | country place?=c: where
 When was {event}[ in {country}]?|On which day did {event} happen[ in {country}]?|Date of {event}, please[ ({country})].
history; who_ruled rulers.find; Who ruled a country; country realm=c: which country | year=y: in which year
 Who ruled {country} in {year}?|Which king or president had {country} in {year}?|Head of {country} in the year {year}?
history; war_facts battles.lookup; Facts of a battle; battle name=t: the battle | details fields?=e losses,leaders,outcome,weather: what is wanted
 Tell me about the battle of {battle}[, especially {details}].|What happened at {battle}[? I want the {details}]?|Facts on the battle {battle}[: {details}].
history; inventor_of inventions.who; Who made something first; thing invention=w telephone,radio,printing press,steam engine,zipper: what was invented | year with_year?=b with the year/without the year: whether the year is given
 Who invented the {thing}[, {year}]?|Inventor of the {thing}[ {year}].|To whom do we owe the {thing}?
law; case_search court.cases; Cases of a court; topic subject=W: what they are about | from_year year_start=y: from which year | to_year year_end=y: up to which year | court?=w county,state,federal,supreme: which court
 Find [{court} ]cases about {topic} from {from_year} to {to_year}.|Which cases on {topic} were there between {from_year} and {to_year}[ at the {court} court]?|Look for lawsuits about {topic}, {from_year} until {to_year}[, {court} court].
law; case_detail court.case; One case; number case_id docket=id: number of the case | full with_text?=b with the full text/only the summary: whether the whole text comes
 Show case {number}[, {full}].|What is case {number} about[? Please {full}]?|Give me the details of docket {number}[ {full}].
law; find_lawyer lawyers.search; Lawyers of a city; city location=c: where | field speciality=w divorce,traffic,patents,labor,rent: what they know | fee max_hourly?=m: at most per hour
 Find a lawyer for {field} in {city}[ who takes at most {fee} an hour].|I need a {field} lawyer in {city}[, up to {fee} per hour].|Who in {city} knows about {field} law[ for less than {fee}]?
property; house_search homes.find; Houses for sale; city location=c: where | kind type property_type=w villa,flat,cottage,loft,bungalow: kind of house | bedrooms rooms?=n: rooms to sleep in | low min_price?=M: price at least | high max_price?=M: price at most
 Find a {kind} in {city}[ with {bedrooms} bedrooms][ for at most {high}].|I want to buy a {kind} in {city}[, {bedrooms} bedrooms][, priced from {low} to {high}].|{kind}s for sale in {city}[ between {low} and {high}][ with {bedrooms} bedrooms].
property; house_value homes.predict_price; What a house is worth; city location=c: where | size area=N: square feet | age years_old?=n: how old
 What is a house of {size} square feet in {city} worth[ if it is {age} years old]?|Predict the price of a home in {city} with {size} sq ft[, age {age}].|House in {city}, {size} square feet[, built {age} years ago]: which price?
property; house_tax homes.tax; Tax on a house; value house_value=M: what it is worth | state region=w Ohio,Texas,Nevada,Maine,Utah,Iowa: where | deductions?=M: what may be taken off
 How much tax do I pay for a {value} house in {state}[ with {deductions} of deductions]?|House tax in {state}, value {value}[, deductions {deductions}].|My home in {state} is worth {value}. What is the tax on it?
eating; find_restaurant restaurants.search; Restaurants of a city; city location=c: where | cuisine food=w Italian,Thai,Mexican,Indian,Greek,Chinese: kind of food | rating min_rating?=f: stars at least | open_late?=b that is open late/whatever the hours: whether it is open late
 Find a {cuisine} restaurant in {city}[ with at least {rating} stars][ {open_late}].|Where can I eat {cuisine} in {city}[, {rating} stars or better]?|{cuisine} food in {city}[ {open_late}], please.|I am hungry and in {city}: any {cuisine} place[ rated {rating} or more]?
eating; recipe_for recipes.search; A recipe; dish=W: what is cooked | diet?=w vegan,keto,paleo,kosher: diet to keep | minutes max_time?=n: at most so many minutes | servings people?=n: for how many
 How do I cook {dish}[ for {servings}][, {diet}]?|Recipe for {dish}[ in under {minutes} minutes][, {diet} please].|I want to make [{diet} ]{dish}[ for {servings} people][ and have {minutes} minutes].
eating; food_energy nutrition.lookup; What is in a food; food item=w banana,rice,cheese,lentils,almonds,salmon: the food | grams amount weight=f g: how much, in grams | fields nutrients?=e fat,protein,sugar,salt,fiber: what is wanted
 What is in {grams} of {food}[? I need the {fields}]?|Nutrition of {food}, {grams}[: {fields}].|How much {fields} has {grams} of {food}?|{grams} {food}: energy?
eating; steps_for fitness.steps; Steps that burn some energy; calories energy=N: energy to burn | weight body_weight?=f kg: of the person | pace?=w slow,normal,fast: how they walk
 How many steps until I have burnt {calories} calories[ at {weight}][ walking at a {pace} pace]?|Steps for {calories} calories[, {pace} pace].|I want to lose {calories} calories. How much must I walk[ if I weigh {weight}]?
eating; water_intake health.water; Water to drink in a day; weight body_weight=f kg: of the person | hours exercise_hours?=f: hours of sport | climate?=w hot,mild,cold: how warm it is
 How much should I drink at {weight}[ with {hours} hours of sport][ when it is {climate}]?|Water for a person of {weight}[, {hours} hours of exercise][, {climate} weather].|I weigh {weight}[ and train {hours} hours today]. How much water do I need?
flights; find_flight flights.search; Flights on a day; origin from_city departure=c: where it starts | destination to_city arrival=c: where it lands | date day=d: when | class cabin?=w economy,business,first: kind of seat | airline carrier?=t: with whom | direct nonstop?=b without stops/stops are fine: whether it must be direct
 Find a flight from {origin} to {destination} on {date}[ in {class}][, {direct}].|I fly from {origin} to {destination} on {date}[ with {airline}][ in {class} class]. What is there?|Flights {origin} to {destination}, {date}[, {class}][ {direct}].|How do I get to {destination} from {origin} by plane on {date}?
flights; book_flight flights.reserve; Books a flight; origin from_city=c: where it starts | destination to_city=c: where it lands | passengers people?=n: how many fly | round return_trip?=b there and back/one way: whether the way back is booked too | airline carrier?=t: with whom
 Book a flight from {origin} to {destination}[ with {airline}][, {round}][, {passengers} people].|Reserve seats from {origin} to {destination}[ for {passengers}][, {round}].|<passengers=1>Just me, {origin} to {destination}[, {round}][ with {airline}]: book it.|<round=true>Book me a round trip from {origin} to {destination}[ with {airline}].
flights; find_hotel hotels.search; Hotels of a city; city location=c: where | nights=n: how many nights | stars min_stars?=n: stars at least | wishes amenities?=e pool,gym,parking,breakfast,wifi: what it must have | budget max_price?=m: at most per night
 Find a hotel in {city} for {nights} nights[ with {stars} stars][ and {wishes}].|{nights} nights in {city}[ with {wishes}][, at most {budget} a night].|I stay in {city} for {nights} nights[ and can pay {budget}]. Which hotels[ have {wishes}]?|<nights=7>A week in {city}[ with {wishes}]: which hotel?
flights; book_hotel hotels.reserve; Books a hotel; hotel name=t: which hotel | city location=c: where | date check_in=d: first night | nights=n: how many nights | room room_type?=w single,double,suite,family: kind of room
 Book [a {room} room at ]{hotel} in {city} from {date} for {nights} nights.|Reserve {hotel}, {city}, {date}, {nights} nights[, {room} room].|We come to {city} on {date} and want {nights} nights at {hotel}[ in a {room} room].|<nights=1>One night at {hotel} in {city} on {date}[, {room} room], please.
flights; hire_car cars.rent; Rents a car; city location pickup=c: where | start from_date=d: from when | end to_date=d: until when | kind car_type?=w small,van,sports,electric: kind of car | driver_age age?=n: age of the driver
 Rent a [{kind} ]car in {city} from {start} to {end}[; the driver is {driver_age}].|I need a [{kind} ]car in {city}, {start} until {end}.|Car in {city} between {start} and {end}[, {kind}][, driver aged {driver_age}].
tickets; show_ticket theatre.buy; Tickets for a play; show play=t: what is seen | date day=d: when | seats count?=n: how many | place venue?=t: where
 Buy [{seats} ]tickets for {show} on {date}[ at {place}].|I want to see {show} on {date}[ with {seats} seats].|{show}, {date}[, {seats} seats], please book.|<seats=2>Two seats for {show} on {date}[ at {place}].
tickets; rail_ticket rail.buy; Tickets for a train; origin from_station start=c: where it starts | destination to_station end=c: where it ends | date day=d: when | seats count?=n: how many
 Buy a train ticket from {origin} to {destination} for {date}.|Train {origin} to {destination} on {date}[, {seats} seats].|Get me [{seats} seats ]by rail from {origin} to {destination} on {date}.
tickets; movie_times cinema.showings; When a film is shown; film movie title=t: the film | city location=c: where | time hour start?=h: when about | format?=w 2D,3D,IMAX: how it is shown
 When is {film} on in {city}[ around {time}][ in {format}]?|Showings of {film} in {city}[, {time}][, {format}].|I want to see {film} in {city}[ at {time}]. Where?
tickets; game_ticket stadium.buy; Tickets for a game; team club=t: who plays | date day=d: when | section area?=w north,south,east,west: where to sit | price max_price?=m: at most
 Buy a ticket for {team} on {date}[ in the {section} stand][, up to {price}].|I want to see {team} play on {date}[ from the {section} side].|Game of {team}, {date}[, at most {price}]: one ticket.
games; roll_dice dice.roll; Throws dice; dice count number=n: how many dice | sides faces=n: sides of a die | bonus modifier?=n: what is added
 Roll {dice} dice with {sides} sides[ and add {bonus}].|Throw {dice} {sides}-sided dice[, plus {bonus}].|{dice}d{sides}[ + {bonus}] please.
games; chess_best chess.move; Best move of a position; level depth=n: how many moves to look ahead | side color=w white,black: who moves | style?=w quiet,sharp,safe: how to play
 What should {side} play, looking {level} moves ahead[, in a {style} way]?|Best move for {side}, depth {level}[, {style} style].|{side} to move: find something[ {style}] with depth {level}.
games; player_stats sports.player; Figures of a player; player name=o: who | season year=y: which year | league competition?=w NBA,NHL,MLB,Bundesliga: which league | fields stats?=e goals,assists,points,minutes,fouls: which figures
 How was {player} in {season}[ in the {league}][? I need {fields}]?|Statistics of {player} for {season}[, {league}][: {fields}].|Show the {fields} of {player} in {season}.|{player}'s numbers of {season}, please[ ({league})].
games; team_score sports.result; Result of a game; team1 home=t: one team | team2 away=t: the other team | date day?=d: when they played
 How did {team1} play against {team2}[ on {date}]?|Score of {team1} versus {team2}[, {date}].|Who won, {team1} or {team2}[, on {date}]?
games; top_scorers sports.leaders; Best players of a league; league competition=w NBA,NHL,MLB,Bundesliga: which league | count top n=n: how many players | field stat?=w goals,assists,points,rebounds: by what
 Who are the top {count} players of the {league}[ by {field}]?|Best {count} of the {league}[, by {field}].|List the {count} leaders in {league}[ {field}].
music; play_songs player.play; Plays songs of an artist; artist performer singer=t: who plays | minutes duration play_time?=n: for how many minutes | service app?=w Deezer,Tidal,Spotify,Napster: with what | shuffle random?=b shuffled/in order: whether the order is random
 Play songs by {artist}[ for {minutes} minutes][ on {service}][, {shuffle}].|Put on some {artist}[, {minutes} minutes][, {shuffle}].|I feel like hearing {artist}[ on {service}][ for {minutes} minutes].
music; chord_notes theory.chord; Notes of a chord; root note=w C,D,E,F,G,A,B: lowest note | kind quality=w major,minor,diminished,augmented: kind of chord | inversion?=n: which inversion
 Which notes has {root} {kind}[ in inversion {inversion}]?|Notes of the {root} {kind} chord[, inversion {inversion}].|How do I play a {kind} chord on {root}?
music; scale_notes theory.scale; Notes of a scale; key root tonic=w C,D,E,F,G,A,B: first note | kind scale_type=w major,minor,dorian,lydian,blues: kind of scale | octaves?=n: how many octaves
 Which notes are in the {key} {kind} scale[ over {octaves} octaves]?|{key} {kind} scale[, {octaves} octaves].|Write down the scale of {key} {kind}.
music; art_lookup museum.artwork; Facts about a work of art; title name work=t: the work | artist painter?=o: who made it | details fields?=e size,year,owner,material: what is wanted
 Tell me about {title}[ by {artist}][: {details}].|What is known of the picture {title}[ of {artist}][? I want the {details}]?|{title}[, by {artist}]: give me {details}.
music; museum_hours museum.open; When a museum is open; museum name=t: which one | city location=c: where | day weekday?=w Monday,Tuesday,Friday,Saturday,Sunday: which day
 When is the {museum} in {city} open[ on {day}]?|Opening hours of {museum}, {city}[, {day}].|Can I visit {museum} in {city}[ on a {day}]?
data; count_rows table.count; Rows of a table; database db db_name=W: which database | table table_name=W: which table | where condition?=W: which rows
 How many rows has table {table} of {database}[ where {where}]?|Count {table} in the database {database}[ with {where}].|In {database}, how large is {table}?
data; drop_columns table.alter; Changes columns of a table; database db db_name=W: which database | table table_name=W: which table | action operation=w delete~remove,add~add,rename~rename: what is done | columns fields=S: which columns
 In the database {database}, {action} the columns {columns} of table {table}.|Table {table} of {database}: please {action} {columns}.|I have to {action} {columns} in {table}, database {database}.
data; mean_grades grades.average; Mean of a student's grades; student name=o: who | grades scores=D: grades by subject
 What is the average of {student} with {grades}?|{student} has these grades: {grades}. What is the mean?|Average grade of {student}: {grades}.
data; file_convert files.convert; A file in another format; file path source=P: which file | format target to=w pdf,csv,png,docx,txt: wanted format | quality?=p: how good
 Convert {file} to {format}[ at {quality} quality].|I need {file} as {format}[, quality {quality}].|Make a {format} of {file}.
data; password_make secret.generate; A random word for logging in; length size=n: how many letters | symbols with_symbols?=b with symbols/no symbols: whether signs are used | groups?=e digits,uppercase,lowercase: which letters
 Make me a random word of {length} letters[, {symbols}].|Generate {length} characters[ with {groups}][, {symbols}].|I need something random, {length} long[, {symbols}].
data; text_mood sentiment.analyze; Mood of a text; text sentence=s: the text | language lang?=w en~English,de~German,fr~French,es~Spanish: language of the text
 What mood has {text}[ ({language})]?|Is {text} friendly[, it is {language}]?|Analyze the feeling of {text}[ in {language}].
data; train_model ml.train; Trains a classifier; data dataset=W: on what | method algorithm=w forest,bayes,svm,tree: how | depth max_depth?=n: how deep | share test_size?=q: part kept for testing, as a decimal | seed random_state?=n: start of the random numbers
 Train a {method} on {data}[ with depth {depth}][, keeping {share} for testing][, seed {seed}].|Use {data} to fit a {method}[, test share {share}].|{method} for {data}[, max depth {depth}][ and seed {seed}], please.
devices; set_alarm alarm.set; Sets an alarm; time hour=h: when | days repeat?=e Monday,Tuesday,Friday,Saturday,Sunday: on which days | label name?=s: what it is called
 Wake me at {time}[ on {days}].|Set an alarm for {time}[ every {days}][ called {label}].|Alarm, {time}[, label {label}].
devices; set_timer timer.start; Starts a timer; minutes duration=n: how many minutes | label name?=W: what it is called
 Set a timer for {minutes} minutes[ for the {label}].|Count down {minutes} minutes[, name it {label}].|{minutes} minute timer[ called {label}].|<minutes=60>Start a timer for an hour[ for the {label}].|<minutes=30>Tell me when half an hour is over[, it is for the {label}].
devices; lock_door doors.lock; Locks or opens a door; door name=w front door,garage,back door,cellar: which door | action state=w lock~lock,unlock~open: what is done | minutes delay?=n: after so many minutes
 Please {action} the {door}[ in {minutes} minutes].|{action} the {door}.|I want you to {action} the {door}[ after {minutes} minutes].
devices; send_text phone.message; Sends a message; recipient to=o: who gets it | text body message=s: what it says | urgent priority?=b and it is urgent/it is not urgent: whether it is urgent
 Send {recipient} the message {text}[, {urgent}].|Text {recipient}: {text}[ {urgent}].|Let {recipient} know {text}.
devices; make_note notes.create; Writes a note; title subject=W: what it is about | text body content=s: what it says | tags labels?=S: words to find it by
 Make a note {title} that says {text}[ with the tags {tags}].|Note down {text} under {title}[, tagged {tags}].|New note: title {title}, text {text}[, tags {tags}].
parcels; ship_to parcels.create; Sends a parcel; recipient receiver=r name/o,city/c,zip/id: who gets it and where | weight=f kg: weight in kg | insured?=b insured/not insured: whether it is insured
 Ship {weight} to {recipient}[, {insured}].|A parcel of {weight} for {recipient}[ {insured}].|Send a box, {weight}, recipient: {recipient}.
parcels; order_goods orders.place; Orders goods; customer buyer=o: who orders | item product=r name/W,count/n: what, and how many | address city=c: where it goes | gift wrapped?=b as a gift/not wrapped: whether it is wrapped
 {customer} orders {item}, to {address}[, {gift}].|Place an order for {customer}: {item}, delivery to {address}[ {gift}].|Send {item} to {customer} in {address}.
parcels; room_range listings.range; Flats within limits; city location=c: where | price budget=r min/N,max/N: lowest and highest price | rooms?=n: how many rooms
 Flats in {city} with {price}[ and {rooms} rooms].|What is for rent in {city}, {price}[, {rooms} rooms]?|Search flats in {city}: {price}.
family; person_age ages.compute; Age of a person on a day; born birth_date=d: day of birth | at on_date?=d: on which day
 How old is someone born on {born}[ on {at}]?|Age for the birthday {born}[ as of {at}].|I was born on {born}. How old am I[ on {at}]?
family; body_index health.bmi; Weight for one's height; weight mass=f kg: weight in kg | height size=f cm: height in cm | system units?=w metric,imperial: units
 What is the BMI at {weight} and {height}[ ({system})]?|I am {height} tall and weigh {weight}. Is that healthy?|Body mass index: {height}, {weight}[, {system} units].
family; calorie_need health.calories; Energy a person needs; age years=n: how old | sex gender=w male~man,female~woman: man or woman | weight=f kg: weight in kg | height=f cm: height in cm | activity level?=w low,medium,high: how much they move
 How many calories does a {sex} of {age} years need who is {height} tall and weighs {weight}[ with {activity} activity]?|A {age} year old {sex}, {weight}, {height}[, {activity} activity]: how much food a day?|I am a {sex}, {age}, {height} and {weight}[, my activity is {activity}]. What energy do I need?
family; horoscope_of stars.horoscope; Horoscope of a sign; sign zodiac=w Aries,Leo,Libra,Virgo,Pisces: which sign | period span?=w day~today,week~this week,month~this month: for how long
 What do the stars say for {sign}[ for {period}]?|Horoscope of {sign}[, {period}].|I am a {sign}. What comes[ {period}]?
family; baby_names names.suggest; Names for a child; sex gender=w girl,boy,any: for whom | origin language=w Greek,Irish,Norse,Polish,Hebrew: where the name is from | count number?=n: how many | letter initial?=w A,E,K,M,S: first letter
 Suggest [{count} ]{origin} names for a {sex}[ that begin with {letter}].|We want a {origin} name for our {sex}[, starting with {letter}].|[{count} ]{sex} names, {origin}[, first letter {letter}].
"""
