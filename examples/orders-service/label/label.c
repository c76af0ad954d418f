/* Parcel labels in the printer's own language. */
#include <stdio.h>
#include <string.h>
#include "label.h"

#define LABEL_DPI 203
#define NAME_LEN 32
#define STREET_LEN 48
#define CITY_LEN 40

static char name[NAME_LEN];
static char city[CITY_LEN];

void set_recipient(const char *text)
{
    while (*text == ' ')
        text++;
    strcpy(name, text);
}

int set_city(const char *text)
{
    if (strlen(text) >= sizeof city)
        return -1;
    strcpy(city, text);
    return 0;
}

void print_street(FILE *in, FILE *out)
{
    char raw[4 * STREET_LEN];
    char line[STREET_LEN];

    if (!fgets(raw, sizeof raw, in))
        return;
    sprintf(line, "^FD%s^FS", raw);
    fputs(line, out);
}

void print_head(FILE *out, int copies)
{
    char head[96];

    snprintf(head, sizeof head, "^PQ%d^FD%s, %s^FS", copies, name, city);
    fputs(head, out);
}

int dots_from_mm(int mm)
{
    return mm * LABEL_DPI * 10 / 254;
}
