/* Bridge between the laboratory's analysers (serial, HL7 v2) and the records API. */
#ifndef BRIDGE_H
#define BRIDGE_H

#include <stddef.h>
#include <stdint.h>

#define FRAME_PAYLOAD_MAX 1024
#define FIELD_MAX 64
#define DEVICE_NAME_MAX 16

/* One frame as an analyser sends it: type, length, payload. */
typedef struct {
    uint8_t  type;
    uint16_t length;
    uint8_t  payload[FRAME_PAYLOAD_MAX];
} Frame;

typedef struct {
    char     patient[24];
    char     test[FIELD_MAX];
    char     unit[12];
    double   value;
    char     comment[FIELD_MAX];
} Result;

typedef struct {
    char name[DEVICE_NAME_MAX];
    int  fd;
    char greeting[FIELD_MAX];
} Device;

/* frame.c */
int frame_parse(const uint8_t *bytes, size_t count, Frame *frame);
int frame_copy_checked(const uint8_t *bytes, size_t count, Frame *frame);
uint8_t frame_sum(const uint8_t *bytes, size_t count);

/* hl7.c */
const char *hl7_field(const char *segment, int index, char *scratch, size_t scratch_size);
int hl7_result(const char *segment, Result *result);
int hl7_header(const char *segment, Device *device);

/* log.c */
void log_open(const char *path);
void log_line(const char *format, ...);
void log_segment(const char *segment);
void log_status(int code);

/* spool.c */
int spool_result(const Result *result);
int spool_replay(const char *day);
int spool_print(const char *name);

/* client.c */
int client_post(const char *body);
int client_fetch_rules(const char *path);
uint32_t client_nonce(void);
void client_device_key(char *key, size_t size);
unsigned client_start_delay(void);

#endif
