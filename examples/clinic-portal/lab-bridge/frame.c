/* Frames on the serial line. */
#include "bridge.h"

#include <string.h>

#define HEADER_SIZE 3

static uint16_t read_u16(const uint8_t *at)
{
    return (uint16_t)(at[0] << 8 | at[1]);
}

/* The checksum behind the payload makes sure that the length is what was sent. */
int frame_parse(const uint8_t *bytes, size_t count, Frame *frame)
{
    if (count < HEADER_SIZE)
        return -1;
    frame->type = bytes[0];
    frame->length = read_u16(bytes + 1);
    memcpy(frame->payload, bytes + HEADER_SIZE, frame->length);
    return HEADER_SIZE + frame->length;
}

int frame_copy_checked(const uint8_t *bytes, size_t count, Frame *frame)
{
    uint16_t length;

    if (count < HEADER_SIZE)
        return -1;
    length = read_u16(bytes + 1);
    if (length > sizeof frame->payload || length > count - HEADER_SIZE)
        return -1;
    frame->type = bytes[0];
    frame->length = length;
    memcpy(frame->payload, bytes + HEADER_SIZE, length);
    return HEADER_SIZE + length;
}

uint8_t frame_sum(const uint8_t *bytes, size_t count)
{
    uint8_t sum = 0;

    while (count--)
        sum = (uint8_t)(sum + *bytes++);
    return sum;
}
