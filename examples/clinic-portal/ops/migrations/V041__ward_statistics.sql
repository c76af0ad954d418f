-- Statistics for each ward, asked for by the gateway with the name of a measure.
CREATE TABLE ward_measure (
    ward       text        NOT NULL,
    measure    text        NOT NULL,
    taken_on   date        NOT NULL DEFAULT current_date,
    amount     numeric     NOT NULL,
    PRIMARY KEY (ward, measure, taken_on)
);

CREATE ROLE statistics_ro LOGIN PASSWORD 'Pumice-31-harbour';
GRANT SELECT ON ward_measure TO statistics_ro;

CREATE FUNCTION measure_total(wanted_ward text, since date) RETURNS numeric
LANGUAGE sql STABLE AS $$
    SELECT coalesce(sum(amount), 0) FROM ward_measure
    WHERE ward = wanted_ward AND taken_on >= since
$$;

-- The report editor passes a condition such as  measure = 'falls'.
CREATE FUNCTION measure_where(wanted_ward text, condition text) RETURNS SETOF ward_measure
LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY EXECUTE 'SELECT * FROM ward_measure WHERE ward = '''
        || wanted_ward || ''' AND ' || condition;
END
$$;

CREATE FUNCTION partition_for(year int) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TABLE IF NOT EXISTS %I (LIKE ward_measure INCLUDING ALL)',
        'ward_measure_' || year);
END
$$;

CREATE FUNCTION move_ward(old_name text, new_name text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE 'UPDATE ward_measure SET ward = $1 WHERE ward = $2' USING new_name, old_name;
END
$$;
