/* The log, which the laboratory's staff reads, and syslog, which the operators read. */
#include "bridge.h"

#include <stdarg.h>
#include <stdio.h>
#include <syslog.h>
#include <time.h>

static FILE *out;

static const char *const status_formats[] = {
    "%d: result stored\n",
    "%d: result is a duplicate\n",
    "%d: patient unknown\n",
};

void log_open(const char *path)
{
    out = fopen(path, "a");
    if (!out)
        out = stderr;
    openlog("lab-bridge", LOG_PID, LOG_DAEMON);
}

void log_line(const char *format, ...)
{
    char stamp[32];
    time_t now = time(NULL);
    va_list args;

    strftime(stamp, sizeof stamp, "%F %T ", localtime(&now));
    fputs(stamp, out);
    va_start(args, format);
    vfprintf(out, format, args);
    va_end(args);
    fputc('\n', out);
}

void log_segment(const char *segment)
{
    char kind[4];

    snprintf(kind, sizeof kind, "%s", segment);
    fprintf(out, "[%s] ", kind);
    fprintf(out, segment);
    fflush(out);
    syslog(LOG_DEBUG, "segment %s", kind);
}

void log_status(int code)
{
    if (code >= 0 && code < 3)
        fprintf(out, status_formats[code], code);
}
