# SPDX-License-Identifier: Apache-2.0
"""EverydayGen: dialogs with functions as people really offer them (functions.py, trades.py, services.py, living.py, errands.py, fields/) and requests as people say them.
tools.py and requests.py compose what no list holds.
"""
import re

from asking.phrasing import finish
from asking.tools import NO_TOOL, ToolDialog, Turn
from .offered import EXCHANGED, Offered, field_groups, rows
from .requests import Request, calls_text, filled
from .values import series

PLAIN = ["{}", "{}", "{}", "{}", "Hello, {}", "Please: {}", "Quick one: {}", "{} Thanks!", "I have a question. {}", "{} Please help."]
# Rows of which a request for one could mean the other: never in one dialog.
ALIKE = [set(group.split()) for group in (
    "play_station radio_station play_songs make_playlist", "fund_growth future_value", "least_common shared_multiple", "find_dishes recipe_for", "hostel_search find_hotel",
    "send_text send_card", "team_form team_score", "burn_calories steps_for", "train_fare rail_ticket", "house_search room_range", "price_with_tax tax_on_purchase", "power_use power_drawn",
    "hut_booking book_hotel", "payoff_months monthly_rate", "show_ticket movie_times", "fall_time fall_speed", "case_search case_detail",
    "create_event plan_meeting book_room create_survey", "find_room book_desk free_slots", "list_events who_is_away free_slots", "send_email post_message send_text send_card send_survey publish_message",
    "reply_email comment_issue", "search_mail search_logs find_files search_code search_issues book_copies", "create_channel create_document", "add_contact create_lead find_contact hire_person create_user",
    "update_contact log_call", "delete_contact block_sender disable_user end_employment revoke_role", "request_leave set_autoreply set_presence who_is_away", "decide_leave submit_review respond_invite",
    "cancel_event release_room", "assign_issue acknowledge_alert request_review", "create_issue report_defect comment_issue", "close_issue update_deal mark_paid",
    "search_issues ticket_status", "retry_build redeliver_failed run_job_now", "start_build run_tests run_job_now run_container", "cancel_build stop_container kill_query pause_job stop_clock",
    "build_log container_logs list_failures job_history search_logs", "deploy_service publish_package rollout_flag update_dependency", "rollback_service yank_package restore_backup disable_flag",
    "release_status package_versions", "scale_service resize_server", "server_load read_metric queue_depth", "create_server run_container register_domain", "reboot_server stop_container",
    "delete_server delete_file delete_contact purge_queue", "remove_images delete_file delete_rows remove_duplicates", "mute_channel silence_alert pause_job", "run_query count_rows table_schema",
    "insert_row add_contact create_lead add_product", "delete_rows purge_queue clear_cache drop_columns", "sort_range sort_numbers", "add_chart read_metric fit_line", "copy_file start_backup",
    "export_document file_convert translate_document extract_audio", "share_document grant_role invite_to_channel", "document_history explain_blame who_has_access",
    "compress_files shrink_image", "check_certificate renew_certificate", "charge_card create_invoice remind_invoice pay_in", "refund_payment return_label void_invoice", "list_payments customer_history read_balance",
    "send_payout move_money charge_card", "create_invoice invoice_total log_time", "start_subscription add_product create_user", "cancel_subscription delete_contact end_employment disable_user",
    "pause_subscription request_leave", "change_seats scale_service resize_server", "restock order_goods transfer_stock order_groceries", "count_stock stock_level", "create_shipment ship_to shipping_rates freight_cost",
    "track_shipment ticket_status", "plan_followup create_event log_call", "log_time hours_report sum_hours start_clock", "translate_document translate_line", "describe_image transcribe_audio summarize_file",
    "add_subtitles transcribe_audio extract_audio", "crop_image photo_resize shrink_image", "geocode_address reverse_geocode", "visit_order bike_route", "nearby_places find_restaurant",
    "target_flag grant_role rollout_flag", "clear_cache set_ttl", "audit_dependencies run_tests", "schedule_job schedule_backup set_alarm", "rename_symbol move_file", "create_alert set_alarm",
    "add_term translate_line translate_document", "set_priority comment_issue", "merge_pull_request submit_review", "post_message comment_document", "borrow_equipment hire_car rent_van",
    "vat_included price_with_tax tax_on_purchase import_duty", "income_tax_due payroll_net", "refund_state claim_progress ticket_status track_shipment case_detail", "file_claim report_defect create_issue",
    "car_premium life_premium health_plan insurance_premium", "card_debt_time payoff_months", "payment_table monthly_rate", "price_on_day share_price", "rate_history exchange_cash",
    "rate_alert create_alert", "portfolio_worth read_balance", "place_trade order_goods order_groceries", "sleep_cycles set_alarm", "body_fat body_index", "portion_energy food_energy",
    "meal_balance calorie_need", "log_meal make_note", "pill_reminder set_alarm set_timer", "refill_order restock order_goods", "half_life_left decay_left", "side_effects safety_sheet",
    "rectangle_diagonal longest_side", "arc_length ring_sector", "box_surface paint_amount", "polynomial_roots solve_square", "growth_ratio bacteria_growth future_value fund_growth",
    "outcomes_order draw_cards", "dice_sum_odds roll_dice coin_chance", "most_frequent middle_value mean_of", "linked_values fit_line", "odd_ones spread_of remove_duplicates",
    "divisors_all split_primes shared_divisor divide_evenly", "momentum_of moving_energy", "work_done lifted_energy", "mirror_image lens_focus", "pitch_shift wave_length", "battery_hours charge_time",
    "current_through power_drawn", "melt_energy warm_up", "gene_cross blood_match", "read_dna protein_lookup", "name_species family_tree", "plant_name describe_image", "bird_sound transcribe_audio",
    "net_force moving_energy", "gas_amount molar_weight", "food_web habitat_effect", "quake_energy quake_list", "price_swings read_metric", "truth_table argument_check",
    "pet_food herd_feed", "pet_shots vaccine_record", "lost_pet report_theft file_claim", "seed_rate sow_date", "milk_record make_note log_meal", "wave_forecast sky_forecast",
    "wave_forecast tide_table", "wave_forecast wind_at", "gale_warning sky_forecast", "gale_warning wind_at", "sail_time ferry_times", "berth_booking hut_booking",
    "berth_booking book_hotel", "berth_booking find_hotel", "ship_position track_shipment", "flight_status train_delay find_flight", "baggage_allowance pack_list",
    "online_checkin book_flight", "lost_luggage report_theft track_shipment", "flight_refund refund_payment", "seat_reservation rail_ticket",
    "next_trains transit_route train_fare rail_ticket", "rail_pass train_fare", "find_parking parking_fee", "find_parking nearby_places", "extend_parking set_timer",
    "extend_parking parking_fee", "resident_permit building_permit", "rent_bike hire_car rent_van", "bike_service oil_change report_defect", "breakdown_help oil_change",
    "used_car_price house_value appraise_antique", "trademark_check register_domain", "patent_search inventor_of", "hearing_date case_detail", "draft_contract create_document",
    "notice_period end_employment cancel_subscription", "census_figure people_number", "surname_spread family_tree find_record", "on_this_day event_date", "empire_extent who_ruled",
    "old_money exchange_cash", "old_money future_value", "old_money rate_history", "date_calendar weekday_of", "highest_peaks height_above", "stones_weight unit_swap",
    "stones_weight change_scale", "speed_units unit_swap", "data_units unit_swap", "data_units base_change", "hex_to_rgb base_change", "count_vowels word_count",
    "replace_words rename_symbol", "text_difference document_history", "find_pattern search_code search_logs", "countdown_to between_dates", "public_holidays term_dates",
    "local_time zone_convert", "elevation_profile height_above", "elevation_profile bike_route", "transit_route bike_route visit_order traffic_now", "toll_cost fuel_cost",
    "hiking_trails bike_route", "hiking_trails nearby_places", "ski_conditions sky_forecast", "bulky_pickup donate_goods hire_movers pickup_dates",
    "outage_report report_defect ping_host speed_test call_electrician call_plumber hotel_complaint", "change_supplier cancel_subscription keep_number", "solar_yield power_use",
    "heat_pump_size set_heating", "call_ambulance poison_advice", "find_shelter hostel_search", "symptom_check side_effects", "lab_results ticket_status", "night_pharmacy nearby_places",
    "night_pharmacy refill_order", "doctor_appointment create_event plan_meeting", "pipe_size tank_drain", "cable_section wire_resistance", "fuse_rating current_through power_drawn",
    "lamp_count brightness_at", "shelf_sag beam_load", "stain_amount paint_amount", "roof_area count_tiles", "insulation_thickness wall_loss", "wallpaper_rolls paint_amount",
    "flooring_packs count_tiles", "moving_boxes pack_list", "hire_movers rent_van redirect_mail", "mould_risk wall_loss", "wash_program washer_start", "hairdresser_booking table_booking",
    "yoga_sequence gym_class", "marathon_schedule race_pace", "gym_class court_booking enroll_course", "swim_pool court_booking", "report_absence request_leave", "report_card mean_grades",
    "school_search nearby_places", "homework_list list_events", "course_catalog school_search", "say_word read_aloud", "idiom_meaning translate_line", "find_poem write_verse rhymes_for",
    "reserve_book book_copies", "similar_reads find_poem", "find_record family_tree", "find_record case_search", "order_scan print_photos", "old_handwriting describe_image transcribe_audio",
    "golden_hour sunrise_at", "print_photos photo_resize", "print_photos print_labels", "face_find describe_image", "face_find find_files", "slice_model file_convert",
    "fly_route visit_order", "air_conditioner set_heating", "leak_alarm create_alert rate_alert", "away_mode lamp_scene", "wake_up_call set_alarm set_timer", "tv_guide movie_times",
    "tv_guide play_station", "where_to_stream movie_times", "record_show transcribe_audio", "block_sim disable_user report_theft", "divert_calls redirect_mail forward_email",
    "divert_calls redirect_mail set_autoreply", "who_called find_contact", "ping_host lookup_dns speed_test", "trace_route lookup_dns", "open_port grant_role",
    "revert_commit rollback_service", "tag_release publish_package", "find_bad_commit explain_blame", "find_bad_commit run_tests", "clone_repository copy_file",
    "create_branch open_pull_request", "scan_malware audit_dependencies", "rotate_secret password_make", "rotate_secret reset_password", "audit_trail who_has_access",
    "audit_trail search_logs", "audit_trail document_history", "audit_trail customer_history", "breach_check scan_malware", "room_service order_meal order_groceries",
    "late_checkout book_hotel", "hotel_complaint create_issue", "order_meal order_goods", "order_meal find_restaurant", "menu_allergens food_energy", "apply_visa visa_rules",
    "travel_advice visa_rules", "festival_search concert_search", "donate_money move_money", "donate_money pay_in", "service_times prayer_times museum_hours", "scripture_passage find_poem",
    "place_bid place_trade", "sell_item add_product", "redirect_mail change_address", "postage_for freight_cost shipping_rates", "postcode_lookup geocode_address",
    "plan_interview create_event plan_meeting", "reject_applicant decide_leave", "reject_applicant close_issue", "compare_versions two_group_test", "unsubscribe_reader cancel_subscription",
    "unsubscribe_reader block_sender", "unsubscribe_reader delete_contact", "book_entry move_money", "book_entry pay_in", "expense_report create_invoice", "expense_report refund_payment",
    "expense_report log_time", "chess_opening chess_best", "game_rules offside_rule", "poker_odds draw_cards", "poker_odds coin_chance", "fixture_list team_form", "fixture_list team_score",
    "fixture_list league_table", "fixture_list game_ticket", "transfer_news team_form", "olympic_medals player_stats", "olympic_medals top_scorers", "sun_protection skin_routine",
    "ad_budget revenue_if", "appraise_antique art_lookup", "cash_runway break_even", "cash_runway payoff_months")]
ALIKE += field_groups()
BESIDE = {name: set().union(*(group for group in ALIKE if name in group)) - {name} for name in set().union(*ALIKE)}
LIST_ENDS = [" and ", " and ", " and ", ", and ", " & ", " or also ", " plus ", " as well as ", ", then "]
GOES_ON = [" And: ", " Also, ", " Then ", " ", " Next: ", " ", " And then ", " Finally, ", " In addition, ", " Besides, ", " After that: ", " Second: ", " One more thing: ", " Also "]
# Said before or behind a request, and no value of it.
ASIDES = ["I am planning a trip with my sister.", "My colleague asked me this.", "It is for a talk next week.", "We are {n} people in the office.", "I have been at it for {n} hours.", "This is for homework.",
          "My daughter needs it for school.", "I could not find it in the book.", "A friend of mine bet that I can't.", "I tried it {n} times already.", "We met {w} yesterday.", "It is for our {w}.",
          "I read about {w} this morning.", "Thanks in advance.", "I need it soon.", "No need to explain.", "Just the result, please.", "It is rather important."]


TWINS = .16      # of the dialogs: one row, offered several times in other words
REFUSED = .24    # of the exchanges
AGAIN, BOTH = .16, .12          # ... several calls of one tool, of several tools
AGAIN_PLAIN, BOTH_PLAIN = .24, .2
EXCHANGES = [2, 4, 6, 8, 10, 12, 16]     # of a dialog of training, as far as they fit: what is to be chosen is told by few tokens of many
NEAR_OUTSIDE = .5   # of the dialogs of training: what they do not offer is of a trade that they do


NUMBERS = frozenset("measure integer money percent big big_money fraction year".split())   # kinds whose values look alike


class EverydayGen:
    """With `plain`, functions keep their own words. `meanings` are for training alone."""

    def __init__(self, rng, held_out, values, meanings=None):
        self.rng, self.held_out, self.values, self.meanings, self.plain = rng, held_out, values, meanings, False
        self.rows, self.others = rows(held_out), rows(False, more=False) if held_out else []
        self.telling = [row for row in (row.telling() for row in self.rows) if row]

    def sample(self, tokens):
        rng = self.rng
        while True:
            offered = self.twins(tokens) if self.telling and not self.plain and rng.random() < TWINS else self.picked(tokens)
            if offered:
                break
        tools, outside = offered
        turns = []
        if self.plain:
            for _ in range(rng.choice([1, 1, 2, 3] if tokens > 1200 else [1, 1, 2])):
                turns += self.exchange(tools, outside)
        else:
            turns = filled(rng, lambda: self.exchange(tools, outside), EXCHANGES, tokens, [tool.line for tool in tools])
        order = list(tools)
        rng.shuffle(order)
        return ToolDialog([tool.line for tool in order], turns, self.held_out)

    def picked(self, tokens):
        """(the tools of a dialog, functions that it does not offer); None if two of them cannot be told apart."""
        rng = self.rng
        beyond = 2 if self.plain else 4
        count = rng.choice([1, 1, 1, 2, 2, 3, 3, 4, 6, 8] + [8, 10, 12] * (tokens > 3000) if tokens > 1200 else [1, 1, 2])
        if not self.plain and tokens > 1200:
            count = rng.choice([1, 1, 2, 2, 3, 4, 5, 6, 8] + [8, 10, 12] * (tokens > 3000))
        picked = rng.sample(self.rows, min(count + beyond, len(self.rows)))
        picked, outside = picked[:-beyond], picked[-beyond:]
        if not self.plain and rng.random() < NEAR_OUTSIDE:
            beside = [row for row in self.rows if row.group == picked[0].group and row not in picked]
            outside = rng.sample(beside, min(beyond, len(beside))) or outside
        if rng.random() < .55:  # near ones: of the same trade
            near = [row for row in self.rows if row.group == picked[0].group and row not in picked and row not in outside]
            picked[1:1 + len(near)] = rng.sample(near, min(len(near), len(picked) - 1))
        if len(picked) < count and self.others:
            picked += rng.sample(self.others, min(count - len(picked), len(self.others)))
        if alike(picked + outside):
            return None
        tools = [self.offered(row, prefix) for row, prefix in zip(picked, self.prefixes(picked))]
        if len({tool.name for tool in tools}) < len(tools):
            return None
        return tools, [self.offered(row) for row in outside if row.names[0] not in [t.row.names[0] for t in tools]]

    def offered(self, row, prefix="", taken=None):
        return Offered(self.rng, row, self.values, prefix, taken, self.meanings, 0 if self.plain else EXCHANGED)

    def twins(self, tokens):
        """The same: functions that only their words tell apart, and one more in other words that is not offered; sometimes something else beside them."""
        rng, row = self.rng, self.rng.choice(self.telling)
        count = rng.choice([1, 2, 2, 3, 4, 5] if tokens > 1200 else [1, 2])
        taken = set()
        tools = [self.offered(row, taken=taken) for _ in range(count + 1)]
        rest = [other for other in self.rows if other.names[0] != row.names[0] and not alike([other, row])]
        tools += [self.offered(other) for other in rng.sample(rest, min(len(rest), rng.choice([0, 0, 1, 2])))]
        if len({tool.name for tool in tools}) < len(tools) or alike([tool.row for tool in tools]):
            return None
        return tools[1:], tools[:1]

    def prefixes(self, picked):
        """What stands before the names of a dialog's tools: now and then one package for all of them, or packages that share words."""
        rng, word = self.rng, self.values.plain_word
        draw = rng.random()
        if draw < .7:
            return [""] * len(picked)
        if draw < .85:
            one = rng.choice([word() + ".", word() + "_" + word() + ".", word() + "_"])
            return [one] * len(picked)
        shared = word()
        return [rng.choice(["%s_%s." % (shared, word()), "%s_%s." % (word(), shared), "%s.%s." % (shared, word()), shared + ".", row.group + "_" + shared + "."]) for row in picked]

    def exchange(self, tools, outside):
        rng, draw = self.rng, self.rng.random()
        if draw < REFUSED and outside:
            other = rng.choice(outside)
            text, _ = other.say(other.given())
            return [Turn("user", self.sentence(text), False), Turn("ai", NO_TOOL, True)]
        again, both = (AGAIN_PLAIN, BOTH_PLAIN) if self.plain else (AGAIN, BOTH)
        if draw < REFUSED + again:
            text, requests = self.again(rng.choice(tools))
        elif draw < REFUSED + again + both:
            text, requests = self.both([rng.choice(tools) for _ in "ab"] if len(tools) == 1 or rng.random() < .25 else rng.sample(tools, min(len(tools), rng.choice([2, 2, 2, 3, 4]))))
        else:
            text, requests = self.one(rng.choice(tools))
        return [Turn("user", self.sentence(text), False), Turn("ai", calls_text(requests), True)]

    def one(self, tool):
        given = tool.given()
        text, said = tool.say(given)
        return text, [Request(Name(tool.name), "", "", tool.arguments(given, said))]

    def both(self, tools):
        """Several tools in one request, each once; one of them sometimes with several values."""
        rng = self.rng
        parts = [self.again(tool) if rng.random() < .15 else self.one(tool) for tool in tools]
        texts = [text.strip() for text, _ in parts]
        requests = [request for _, several in parts for request in several]
        draw = rng.random()
        if draw < .12:  # numbered
            shape = rng.choice(["%d. %s", "%d) %s", "(%d) %s"])
            return rng.choice([" ", "\n"]).join(shape % (n + 1, text) for n, text in enumerate(texts)), requests
        if draw < .3 and not any("?" in text[:-1] or ". " in text for text in texts):  # one sentence
            end = texts[-1][-1] if texts[-1][-1] in ".?" else ""
            texts = [text.rstrip(".?") for text in texts]
            return texts[0] + "".join(rng.choice([" and ", ", and ", ", then ", " and also ", ", and then ", "; "]) + lowered(text) for text in texts[1:]) + end, requests
        texts = [text if text[-1] in ".?" else text + "." for text in texts]
        joined = texts[0]
        for text in texts[1:]:
            lead = rng.choice(GOES_ON)
            joined += lead + (lowered(text) if lead.endswith(", ") or lead in (" Then ", " And then ", " Also ") else text)
        return joined, requests

    def again(self, tool):
        """Several calls of one tool: a value of the sentence is a list, pairs are respective, or the sentence goes on."""
        rng = self.rng
        given = tool.given()
        text, said = tool.say(given)
        loose = [key for key in sorted(said) if tool.parameters[key].kind not in ("flag", "numbers", "strings", "text", "unit", "choices", "record", "grades")
                 and given[key][1] is not None and "\x01%s\x01" % given[key][1] in text]
        if not loose:
            return self.one(tool)
        count = rng.choice([2, 2, 2, 3, 3, 4])
        keys = rng.sample(loose, 2) if len(loose) > 1 and rng.random() < .35 else [rng.choice(loose)]
        sets = [given]
        while len(sets) < count:
            more = {**given, **{key: tool.value(key) for key in keys}}
            if any(any(more[key][0] == other[key][0] for key in keys) for other in sets):
                count -= 1
                continue
            sets.append(more)
        if len(sets) == 1:
            return self.one(tool)
        requests = [Request(Name(tool.name), "", "", tool.arguments(one, said)) for one in sets]
        spoken = {key: [one[key][1] for one in sets] for key in keys}
        draw = rng.random()
        if draw < .45 and all(text.count("\x01%s\x01" % given[key][1]) == 1 for key in keys):
            for key in keys:
                text = text.replace("\x01%s\x01" % given[key][1], "\x01%s\x01" % self.listed(spoken[key]), 1)
            if len(keys) == 2:
                text = text.rstrip(".?") + rng.choice([", respectively", " respectively", ", in this order", " respectively"]) + text[-1] * (text[-1] in ".?")
            return text, requests
        if draw < .7 and len(keys) == 2:
            listed = self.paired(text, keys, given, sets)
            if listed:
                return listed, requests
        # What is said anew is named where another value of the request could be meant.
        unclear = any(self.alike_kinds(tool, key, other) for key in keys for other in said if other not in keys)
        lead = rng.choice([" Then repeat it with {}.", " And can you do the same with {}?", " Another one with {}.", " Then the same with {}.", " And for {}?", " Also for {}.", " Now do it again with {}.", " What about {}?", " The same for {}, please."])
        text = text if text[-1] in ".?" else text + "."
        for one in sets[1:]:
            named = [("%s " % tool.parameters[key].spoken if len(keys) > 1 or unclear or rng.random() < .4 else "") + "\x01%s\x01" % one[key][1] for key in keys]
            text += lead.replace("{}", " and ".join(named))
        return text, requests

    @staticmethod
    def alike_kinds(tool, one, other):
        kinds = {tool.parameters[one].kind, tool.parameters[other].kind}
        return len(kinds) == 1 or kinds <= NUMBERS or not kinds & NUMBERS

    def listed(self, words):
        """Values one after another; a unit that all share may stand behind the last alone."""
        rng = self.rng
        parts = [re.fullmatch(r"(\S*\d)( ?[a-zA-Z/]+(?: [a-zA-Z]+)?)", text) for text in words]
        if all(parts) and len({match.group(2) for match in parts}) == 1 and rng.random() < .6:
            words = [match.group(1) for match in parts[:-1]] + [words[-1]]
        if len(words) == 2 and rng.random() < .15:
            return "both %s and %s" % tuple(words)
        if rng.random() < .08:
            return rng.choice([", ", ","]).join(words)
        return ", ".join(words[:-1]) + rng.choice(LIST_ENDS) + words[-1]

    def paired(self, text, keys, given, sets):
        """The values of two keys that stand near each other, pair by pair: `2 kg to Ghent, 5 kg to Lyon and 7 kg to Turin`; None where they do not."""
        marks = {key: "\x01%s\x01" % given[key][1] for key in keys}
        if any(text.count(mark) != 1 for mark in marks.values()):
            return None
        first, second = sorted(keys, key=lambda key: text.index(marks[key]))
        start, end = text.index(marks[first]), text.index(marks[second]) + len(marks[second])
        between = text[start + len(marks[first]):end - len(marks[second])]
        if "\x01" in between or len(between) > 30 or "." in between or "?" in between:
            return None
        pairs = ["\x01%s\x01%s\x01%s\x01" % (one[first][1], between, one[second][1]) for one in sets]
        return text[:start] + ", ".join(pairs[:-1]) + self.rng.choice([" and ", ", and ", " and also ", " as well as "]) + pairs[-1] + text[end:]

    def sentence(self, text):
        rng = self.rng
        text = text if "{" in text else rng.choice(PLAIN).format(text)
        if rng.random() < .12:
            aside = rng.choice(ASIDES).replace("{n}", str(rng.randint(2, 30))).replace("{w}", self.values.plain_word())
            text = text if text[-1] in ".?!" else text + "."
            text = aside + " " + text if rng.random() < .6 and not aside.startswith(("Thanks", "Just", "No ")) else text + " " + aside
        if text[0] != "\x01":
            text = text[0].upper() + text[1:]
        return finish(rng, text) if rng.random() < .45 else text.replace("\x01", "")


def alike(rows):
    names = {row.names[0] for row in rows}
    return any(not names.isdisjoint(BESIDE.get(name, ())) for name in names)


def lowered(text):
    """The beginning of a sentence inside another; not where a value leads."""
    return text if text[:1] == "\x01" or text.startswith("I ") or text[1:2].isupper() else text[:1].lower() + text[1:]


class Name:
    def __init__(self, name):
        self.name = name
