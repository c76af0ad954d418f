/* The few segments of HL7 v2 that our analysers use: MSH and OBX. */
#include "bridge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEST_FIELD 3
#define VALUE_FIELD 5
#define UNIT_FIELD 6
#define COMMENT_FIELD 8
#define SEGMENT_MAX 2048

/* Copies a field into scratch, cut to its size. */
const char *hl7_field(const char *segment, int index, char *scratch, size_t scratch_size)
{
    const char *start = segment;
    size_t length;

    while (index-- > 0) {
        start = strchr(start, '|');
        if (!start)
            return NULL;
        start++;
    }
    length = strcspn(start, "|\r");
    if (length >= scratch_size)
        length = scratch_size - 1;
    memcpy(scratch, start, length);
    scratch[length] = '\0';
    return scratch;
}

static void set_unit(Result *result, const char *unit)
{
    if (!strcmp(unit, "mg%"))
        strcpy(result->unit, "mg/dl");
    else
        strcpy(result->unit, unit);
}

static void set_comment(Result *result, const char *comment)
{
    strncpy(result->comment, comment, sizeof result->comment - 1);
    result->comment[sizeof result->comment - 1] = '\0';
}

int hl7_result(const char *segment, Result *result)
{
    char text[SEGMENT_MAX];

    if (strncmp(segment, "OBX|", 4))
        return -1;
    if (!hl7_field(segment, TEST_FIELD, result->test, sizeof result->test))
        return -1;
    if (!hl7_field(segment, VALUE_FIELD, text, sizeof text))
        return -1;
    result->value = strtod(text, NULL);
    if (hl7_field(segment, UNIT_FIELD, text, sizeof text))
        set_unit(result, text);
    if (hl7_field(segment, COMMENT_FIELD, text, sizeof text))
        set_comment(result, text);
    return 0;
}

int hl7_header(const char *segment, Device *device)
{
    char application[FIELD_MAX], facility[FIELD_MAX];

    if (sscanf(segment, "MSH|^~\\&|%63[^|]|%63[^|]", application, facility) != 2)
        return -1;
    snprintf(device->name, sizeof device->name, "%s", application);
    sprintf(device->greeting, "ACK %s at %s", application, facility);
    return 0;
}
