#include <stdio.h>

void set_recipient(const char* text);
int set_city(const char* text);
void print_street(FILE* in, FILE* out);
void print_head(FILE* out, int copies);
int dots_from_mm(int mm);
