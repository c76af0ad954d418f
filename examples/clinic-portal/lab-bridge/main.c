/* Reads from the line, answers, and takes orders on the maintenance port. */
#include "bridge.h"

#include <err.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define ORDER_MAX 256
#define STATION_MAX 20

static char station[STATION_MAX] = "lab-1";

static void set_station(const char *name)
{
    strcpy(station, "lab-");
    strcat(station, name);
}

static void set_default_station(void)
{
    strcpy(station, "lab-main");
}

static void show_key(void)
{
    char key[17];

    client_device_key(key, sizeof key);
    printf("KEY %s\r\n", key);
    fflush(stdout);
}

static void handle_order(char *order)
{
    order[strcspn(order, "\r\n")] = '\0';
    if (!strncmp(order, "replay ", 7))
        spool_replay(order + 7);
    else if (!strncmp(order, "print ", 6))
        spool_print(order + 6);
    else if (!strncmp(order, "station ", 8))
        set_station(order + 8);
    else if (!strncmp(order, "rules ", 6))
        client_fetch_rules(order + 6);
    else if (!strcmp(order, "reset"))
        set_default_station();
    else if (!strcmp(order, "pair"))
        show_key();
    else
        warnx("unknown order: %s", order);
}

static void handle_frame(const Frame *frame)
{
    static char segment[FRAME_PAYLOAD_MAX + 1];
    Device device;
    Result result;
    size_t length = frame->length < FRAME_PAYLOAD_MAX ? frame->length : FRAME_PAYLOAD_MAX;

    memcpy(segment, frame->payload, length);
    segment[length] = '\0';
    log_segment(segment);
    memset(&result, 0, sizeof result);
    if (!hl7_header(segment, &device))
        log_line(device.greeting);
    else if (!hl7_result(segment, &result))
        log_status(spool_result(&result));
    else
        log_line("station %s: segment of %zu bytes ignored", station, length);
}

int main(int argc, char **argv)
{
    uint8_t bytes[4096];
    char order[ORDER_MAX];
    Frame frame;
    ssize_t count;

    log_open(argc > 1 ? argv[1] : "/var/log/lab-bridge.log");
    sleep(client_start_delay());
    while ((count = read(STDIN_FILENO, bytes, sizeof bytes)) > 0) {
        if (bytes[0] == '!') {
            snprintf(order, sizeof order, "%.*s", (int)count - 1, (const char *)bytes + 1);
            handle_order(order);
            continue;
        }
        if (frame_parse(bytes, (size_t)count, &frame) > 0)
            handle_frame(&frame);
    }
    return 0;
}
