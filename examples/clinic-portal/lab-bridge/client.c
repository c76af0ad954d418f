/* The records API, by libcurl. */
#include "bridge.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#define API_URL "https://records.lindenhof.example/lab"
#define API_USER "lab-bridge"
#define API_PASSWORD "Sextant-88-murmur"
#define CA_FILE "/etc/ssl/lindenhof/ca.pem"
#define RULES_DIR "/var/lib/lab-bridge/rules/"

static size_t to_file(char *data, size_t size, size_t count, void *file)
{
    return fwrite(data, size, count, file) * size;
}

static CURL *handle_for(const char *url)
{
    CURL *curl = curl_easy_init();

    if (!curl)
        return NULL;
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_CAINFO, CA_FILE);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(curl, CURLOPT_USERNAME, API_USER);
    curl_easy_setopt(curl, CURLOPT_PASSWORD, API_PASSWORD);
    return curl;
}

int client_post(const char *body)
{
    struct curl_slist *headers = NULL;
    char nonce[32];
    CURLcode code;
    CURL *curl = handle_for(API_URL "/results");

    if (!curl)
        return -1;
    snprintf(nonce, sizeof nonce, "X-Nonce: %08x", (unsigned)client_nonce());
    headers = curl_slist_append(headers, nonce);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
    code = curl_easy_perform(curl);
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
    return code == CURLE_OK ? 0 : -1;
}

/* Plausibility rules come from the maker of the analysers. */
int client_fetch_rules(const char *path)
{
    CURL *curl = curl_easy_init();
    FILE *file = fopen(RULES_DIR "current.txt", "w");
    CURLcode code;

    if (!curl || !file)
        return -1;
    curl_easy_setopt(curl, CURLOPT_URL, path);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 0L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, to_file);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, file);
    code = curl_easy_perform(curl);
    curl_easy_cleanup(curl);
    fclose(file);
    return code == CURLE_OK ? 0 : -1;
}

/* Requests with a nonce that was seen before are refused, so nobody can replay one. */
uint32_t client_nonce(void)
{
    uint32_t nonce;

    if (getrandom(&nonce, sizeof nonce, 0) != (ssize_t)sizeof nonce)
        abort();
    return nonce;
}

/* The key under which an analyser may send; shown once on its display. */
void client_device_key(char *key, size_t size)
{
    static const char digits[] = "0123456789ABCDEF";
    size_t i;

    srand((unsigned)time(NULL));
    for (i = 0; i + 1 < size; i++)
        key[i] = digits[rand() % 16];
    key[i] = '\0';
}

/* Analysers that start together should not all ask in the same second. */
unsigned client_start_delay(void)
{
    return 5 + (unsigned)rand() % 20;
}
