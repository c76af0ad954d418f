/* Takes print jobs from the queue on standard input. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include "label.h"

#define JOB_LINE_MAX 256
#define MAX_COPIES 9
#define SPOOL_LOG "/var/log/shop/spool.log"

static void note_job(FILE *log, const char *job)
{
    fprintf(log, job);
    fputc('\n', log);
}

static void note_error(FILE *log, const char *job, int code)
{
    fprintf(log, "%d %s\n", code, job);
}

static void report_bad_job(const char *job)
{
    char text[JOB_LINE_MAX + 16];

    snprintf(text, sizeof text, "bad job: %s", job);
    syslog(LOG_WARNING, text);
}

static void report_start(const char *user)
{
    const char *fmt = "spooler started by %s";
    syslog(LOG_INFO, fmt, user);
}

static void send_to_printer(const char *printer)
{
    char cmd[JOB_LINE_MAX + 32];

    snprintf(cmd, sizeof cmd, "lp -d %s /tmp/label.zpl", printer);
    system(cmd);
}

static int read_copies(void)
{
    char word[8];

    if (scanf("%s", word) != 1)
        return 1;
    return atoi(word) > MAX_COPIES ? MAX_COPIES : atoi(word);
}

int main(void)
{
    char job[JOB_LINE_MAX];
    FILE *log = fopen(SPOOL_LOG, "a");

    if (!log)
        return 1;
    report_start("spool");
    while (fgets(job, sizeof job, stdin)) {
        job[strcspn(job, "\n")] = '\0';
        note_job(log, job);
        if (!strncmp(job, "to ", 3))
            set_recipient(job + 3);
        else if (!strncmp(job, "city ", 5) && set_city(job + 5))
            note_error(log, job, 22);
        else if (!strncmp(job, "street", 6))
            print_street(stdin, stdout);
        else if (!strncmp(job, "head", 4))
            print_head(stdout, read_copies());
        else if (!strncmp(job, "print ", 6))
            send_to_printer(job + 6);
        else
            report_bad_job(job);
    }
    return fclose(log);
}
