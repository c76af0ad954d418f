/* Results wait on disk until the records API has taken them. */
#include "bridge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

#define SPOOL_DIR "/var/spool/lab-bridge"
#define PATH_MAX_OURS 128
#define LINE_MAX_OURS 512

static char pattern[PATH_MAX_OURS] = "%s;%s;%.3f;%s;%s\n";

/* The laboratory wants its own layout of lines; it stands in a file beside the spool. */
static void read_pattern(void)
{
    FILE *in = fopen(SPOOL_DIR "/pattern", "r");

    if (!in)
        return;
    if (fgets(pattern, sizeof pattern, in))
        pattern[strcspn(pattern, "\n")] = '\0';
    fclose(in);
}

int spool_result(const Result *result)
{
    char line[LINE_MAX_OURS];
    FILE *file;

    read_pattern();
    snprintf(line, sizeof line, pattern, result->patient, result->test, result->value,
             result->unit, result->comment);
    file = fopen(SPOOL_DIR "/current", "a");
    if (!file)
        return -1;
    fputs(line, file);
    return fclose(file);
}

/* Sends the lines of a day once more; asked for over the maintenance port. */
int spool_replay(const char *day)
{
    char path[PATH_MAX_OURS], line[LINE_MAX_OURS];
    int count = 0;
    FILE *file;

    snprintf(path, sizeof path, SPOOL_DIR "/%s.done", day);
    file = fopen(path, "r");
    if (!file) {
        syslog(LOG_NOTICE, "nothing to replay for %s", day);
        return -1;
    }
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        if (client_post(line))
            break;
        count++;
    }
    fclose(file);
    return count;
}

static void report(const char *what, const char *name)
{
    char text[LINE_MAX_OURS];

    snprintf(text, sizeof text, "%s: %s", what, name);
    syslog(LOG_WARNING, text);
}

/* Prints a spooled day for the doctor on duty. */
int spool_print(const char *name)
{
    char command[PATH_MAX_OURS + 32];
    FILE *pipe;

    if (strlen(name) > 40) {
        report("no such day", name);
        return -1;
    }
    snprintf(command, sizeof command, "lpr -P duty " SPOOL_DIR "/%s.done", name);
    pipe = popen(command, "r");
    if (!pipe)
        return -1;
    return pclose(pipe);
}
