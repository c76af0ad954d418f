// SPDX-License-Identifier: Apache-2.0
#include "base/net.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netdb.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <mutex>

#include "base/limits.h"
#include "base/terminal_text.h"

namespace fathom {
namespace {

constexpr int kPollMs = 100;  // how long a cancel may wait
constexpr const char* kProtocols = "http,https";

using CurlHandle = std::unique_ptr<CURL, void (*)(CURL*)>;
using MultiHandle = std::unique_ptr<CURLM, CURLMcode (*)(CURLM*)>;
using CurlList = std::unique_ptr<curl_slist, void (*)(curl_slist*)>;
using UrlHandle = std::unique_ptr<CURLU, void (*)(CURLU*)>;

struct Target {
  std::string scheme, host, port;  // the host without brackets
  std::string place;               // scheme://host:port, for messages
};

struct Transfer {
  CURL* curl = nullptr;
  const HttpRequest* request = nullptr;
  const HttpSink* sink = nullptr;
  HttpResponse response;
  std::vector<std::string> addresses;  // those that were judged
  size_t body_bytes_max = 0;
  size_t header_bytes = 0;
  bool head_given = false;
  Status stopped;  // set by a callback that ends the transfer
};

Result<Target> ParseUrl(const std::string& url);
Status CheckRequest(const HttpRequest& request);
Result<std::vector<std::string>> Resolve(const Target& target, bool public_only);
Status Configure(CURL* curl, const Target& target, Transfer* transfer, CurlList* resolve,
                 CurlList* headers);
Result<CURLcode> Perform(CURL* curl, const HttpRequest& request);
Error FailureOf(CURLcode code, const Target& target, const Transfer& transfer);
size_t OnBody(char* data, size_t size, size_t count, void* user);
size_t OnHeader(char* data, size_t size, size_t count, void* user);
curl_socket_t OnSocket(void* user, curlsocktype purpose, curl_sockaddr* address);

}  // namespace

std::string_view HttpResponse::Header(std::string_view lower_name) const {
  for (const auto& [name, value] : headers) {
    if (name == lower_name) return value;
  }
  return "";
}

Result<HttpResponse> SendHttp(const HttpRequest& request, const HttpSink& sink) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  auto target = ParseUrl(request.url);
  if (!target) return target.error();
  if (Status good = CheckRequest(request); !good) return good.error();
  auto addresses = Resolve(*target, request.public_addresses_only);
  if (!addresses) return addresses.error();
  const CurlHandle curl(curl_easy_init(), curl_easy_cleanup);
  if (curl == nullptr) return Error{Code::kUnavailable, "libcurl gave no handle"};
  Transfer transfer{
      .curl = curl.get(), .request = &request, .sink = &sink, .addresses = std::move(*addresses)};
  transfer.body_bytes_max = request.body_bytes_max > 0 ? request.body_bytes_max : kNetBodyBytesMax;
  CurlList resolve(nullptr, curl_slist_free_all), headers(nullptr, curl_slist_free_all);
  if (Status set = Configure(curl.get(), *target, &transfer, &resolve, &headers); !set) {
    return set.error();
  }
  auto code = Perform(curl.get(), request);
  if (!code) return code.error();
  if (*code != CURLE_OK) return FailureOf(*code, *target, transfer);
  long status = 0;
  char* address = nullptr;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(curl.get(), CURLINFO_PRIMARY_IP, &address);
  transfer.response.status = static_cast<int>(status);
  transfer.response.address = address != nullptr ? address : "";
  return std::move(transfer.response);
}

Result<HttpResponse> SendHttp(const HttpRequest& request, std::string* body) {
  return SendHttp(request, [body](std::string_view piece) {
    body->append(piece);
    return OkStatus();
  });
}

namespace {

struct V4Range {
  uint32_t network;
  int bits;
};
// What is not global unicast: IANA IPv4 special-purpose registry, multicast and class E.
constexpr V4Range kSpecialV4[] = {
    {0x00000000, 8},  {0x0A000000, 8},  {0x64400000, 10}, {0x7F000000, 8},  {0xA9FE0000, 16},
    {0xAC100000, 12}, {0xC0000000, 24}, {0xC0000200, 24}, {0xC0586300, 24}, {0xC0A80000, 16},
    {0xC6120000, 15}, {0xC6336400, 24}, {0xCB007100, 24}, {0xE0000000, 4},  {0xF0000000, 4},
    {0xC01FC400, 24}, {0xC034C100, 24}, {0xC0AF3000, 24}};

bool IsPublicV4(uint32_t address) {
  return std::none_of(std::begin(kSpecialV4), std::end(kSpecialV4), [&](const V4Range& range) {
    return (address ^ range.network) >> (32 - range.bits) == 0;
  });
}

uint32_t BigEndian(const uint8_t* bytes) {
  return (uint32_t{bytes[0]} << 24) | (uint32_t{bytes[1]} << 16) | (uint32_t{bytes[2]} << 8) |
         bytes[3];
}

// Only 2000::/3 is global unicast; of it the special ranges go, and every form that carries an IPv4
// address (mapped, compatible, NAT64, 6to4, Teredo) lies outside or is refused.
bool IsPublicV6(const std::array<uint8_t, 16>& bytes) {
  if ((bytes[0] & 0xE0) != 0x20) return false;
  const uint32_t head = BigEndian(bytes.data());
  if (head >> 9 == 0x20010000U >> 9) return false;    // 2001::/23: Teredo, ORCHID, benchmarking
  if (head == 0x20010DB8) return false;               // documentation
  if (head >> 16 == 0x2002) return false;             // 6to4
  if (head >> 12 == 0x3FFF0000U >> 12) return false;  // 3fff::/20, documentation
  return true;
}

}  // namespace

Result<std::string> HttpOrigin(const std::string& url) {
  auto target = ParseUrl(url);
  if (!target) return target.error();
  return target->place;
}

bool IsLoopbackUrl(const std::string& url) {
  const auto target = ParseUrl(url);
  if (!target) return false;
  if (target->host == "localhost") return true;
  in_addr v4 = {};
  if (inet_pton(AF_INET, target->host.c_str(), &v4) == 1) return ntohl(v4.s_addr) >> 24 == 127;
  in6_addr v6 = {};
  return inet_pton(AF_INET6, target->host.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

bool IsPublicAddress(std::string_view address) {
  const std::string text(address);
  in_addr v4 = {};
  if (inet_pton(AF_INET, text.c_str(), &v4) == 1) return IsPublicV4(ntohl(v4.s_addr));
  std::array<uint8_t, 16> v6 = {};
  return inet_pton(AF_INET6, text.c_str(), v6.data()) == 1 && IsPublicV6(v6);
}

namespace {

std::string UrlPart(CURLU* url, CURLUPart part, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, flags) != CURLUE_OK) return "";
  const std::string copy = text;
  curl_free(text);
  return copy;
}

Result<Target> ParseUrl(const std::string& url) {
  const auto is_bad = [](unsigned char c) { return c <= 0x20 || c == 0x7F || c == '\\'; };
  if (url.size() > kUrlBytesMax || std::any_of(url.begin(), url.end(), is_bad)) {
    return Invalid("the URL is too long or holds blanks, controls or \"\\\"");
  }
  const UrlHandle parsed(curl_url(), curl_url_cleanup);
  if (parsed == nullptr || curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) {
    return Invalid("is no http or https URL", ForTerminal(url.substr(0, url.find('?'))));
  }
  Target target{.scheme = UrlPart(parsed.get(), CURLUPART_SCHEME),
                .host = UrlPart(parsed.get(), CURLUPART_HOST),
                .port = UrlPart(parsed.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT)};
  if (target.scheme != "http" && target.scheme != "https") {
    return Invalid("expected an http or https URL, found " + ForTerminal(target.scheme) + "://");
  }
  if (!UrlPart(parsed.get(), CURLUPART_USER).empty() ||
      !UrlPart(parsed.get(), CURLUPART_PASSWORD).empty()) {
    return Invalid("a URL with a user name is refused: what stands before \"@\" is no host");
  }
  target.place = target.scheme + "://" + ForTerminal(target.host) + ":" + target.port;
  if (target.host.starts_with('[') && target.host.ends_with(']')) {
    target.host = target.host.substr(1, target.host.size() - 2);
  }
  return target;
}

Status CheckRequest(const HttpRequest& request) {
  if (request.method != "GET" && request.method != "HEAD" && request.method != "POST") {
    return Invalid("expected GET, HEAD or POST, found " + ForTerminal(request.method));
  }
  if (request.method != "POST" && !request.body.empty()) return Invalid("only POST has a body");
  for (const auto& [name, value] : request.headers) {
    const auto is_token = [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '_'; };
    const auto is_control = [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7F; };
    if (name.empty() || !std::all_of(name.begin(), name.end(), is_token) ||
        std::any_of(value.begin(), value.end(), is_control)) {
      return Invalid("the header " + ForTerminal(name) + " is not well formed");
    }
  }
  return OkStatus();
}

Result<std::vector<std::string>> Resolve(const Target& target, bool public_only) {
  addrinfo hints = {};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int failure = getaddrinfo(target.host.c_str(), target.port.c_str(), &hints, &found);
  if (failure != 0) return Error{Code::kUnavailable, gai_strerror(failure), target.place};
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owner(found, freeaddrinfo);
  std::vector<std::string> addresses;
  for (const addrinfo* at = found; at != nullptr; at = at->ai_next) {
    std::array<char, NI_MAXHOST> text;
    if (getnameinfo(at->ai_addr, at->ai_addrlen, text.data(), text.size(), nullptr, 0,
                    NI_NUMERICHOST) != 0) {
      continue;
    }
    if (public_only && !IsPublicAddress(text.data())) {
      return Error{
          Code::kPolicyDenied,
          "the host has the address " + std::string(text.data()) + ", which is not a public one",
          target.place};
    }
    addresses.emplace_back(text.data());
  }
  if (addresses.empty()) return Error{Code::kUnavailable, "the host has no address", target.place};
  return addresses;
}

Status Configure(CURL* curl, const Target& target, Transfer* transfer, CurlList* resolve,
                 CurlList* headers) {
  const HttpRequest& request = *transfer->request;
  std::string pinned;
  for (const std::string& address : transfer->addresses) {
    const bool is_v6 = address.find(':') != std::string::npos;
    pinned += (pinned.empty() ? "" : ",") + (is_v6 ? "[" + address + "]" : address);
  }
  const bool is_v6_host = target.host.find(':') != std::string::npos;
  if (!is_v6_host) {  // an address needs no name
    resolve->reset(
        curl_slist_append(nullptr, (target.host + ":" + target.port + ":" + pinned).c_str()));
    curl_easy_setopt(curl, CURLOPT_RESOLVE, resolve->get());
  }
  curl_slist* list = curl_slist_append(nullptr, "Expect:");
  for (const auto& [name, value] : request.headers) {
    list = curl_slist_append(list, (name + (value.empty() ? ";" : ": " + value)).c_str());
  }
  headers->reset(list);
  bool good = true;
  const auto set = [&](CURLoption option, auto value) {
    good &= curl_easy_setopt(curl, option, value) == CURLE_OK;
  };
  set(CURLOPT_URL, request.url.c_str());
  set(CURLOPT_PROTOCOLS_STR, kProtocols);
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_PROXY, "");
  set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_HTTPHEADER, headers->get());
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.connect_ms_max));
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(request.total_ms_max));
  set(CURLOPT_LOW_SPEED_LIMIT, 1L);
  set(CURLOPT_LOW_SPEED_TIME, std::max(1L, static_cast<long>(request.idle_ms_max / 1'000)));
  set(CURLOPT_OPENSOCKETFUNCTION, &OnSocket);
  set(CURLOPT_OPENSOCKETDATA, static_cast<void*>(transfer));
  set(CURLOPT_WRITEFUNCTION, &OnBody);
  set(CURLOPT_WRITEDATA, static_cast<void*>(transfer));
  set(CURLOPT_HEADERFUNCTION, &OnHeader);
  set(CURLOPT_HEADERDATA, static_cast<void*>(transfer));
  if (request.method == "HEAD") set(CURLOPT_NOBODY, 1L);
  if (request.method == "POST") {
    set(CURLOPT_POST, 1L);
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    set(CURLOPT_POSTFIELDS, request.body.c_str());
  }
  if (!good) return Error{Code::kUnavailable, "this libcurl lacks an option that is needed"};
  return OkStatus();
}

// The multi interface, so that a cancel is seen while nothing comes.
Result<CURLcode> Perform(CURL* curl, const HttpRequest& request) {
  const MultiHandle multi(curl_multi_init(), curl_multi_cleanup);
  if (multi == nullptr || curl_multi_add_handle(multi.get(), curl) != CURLM_OK) {
    return Error{Code::kUnavailable, "libcurl gave no handle"};
  }
  int running = 1;
  bool is_cancelled = false;
  CURLMcode state = CURLM_OK;
  while (running > 0 && state == CURLM_OK && !is_cancelled) {
    state = curl_multi_perform(multi.get(), &running);
    if (running > 0 && state == CURLM_OK) {
      state = curl_multi_poll(multi.get(), nullptr, 0, kPollMs, nullptr);
    }
    is_cancelled = request.cancelled != nullptr && request.cancelled->load();
  }
  CURLcode code = CURLE_OK;
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi.get(), &left)) {
    if (message->msg == CURLMSG_DONE) code = message->data.result;
  }
  curl_multi_remove_handle(multi.get(), curl);
  if (is_cancelled && running > 0) return Error{Code::kCancelled, "cancelled"};
  if (state != CURLM_OK) return Error{Code::kIo, curl_multi_strerror(state)};
  return code;
}

Error FailureOf(CURLcode code, const Target& target, const Transfer& transfer) {
  if (!transfer.stopped.ok()) return transfer.stopped.error();
  const bool is_late = code == CURLE_OPERATION_TIMEDOUT;
  return {is_late ? Code::kLimit : Code::kUnavailable, curl_easy_strerror(code), target.place};
}

// However libcurl came to this address: no socket for one that was not judged.
curl_socket_t OnSocket(void* user, curlsocktype, curl_sockaddr* address) {
  auto& transfer = *static_cast<Transfer*>(user);
  std::array<char, NI_MAXHOST> text = {};
  const int failure = getnameinfo(&address->addr, address->addrlen, text.data(), text.size(),
                                  nullptr, 0, NI_NUMERICHOST);
  const auto& judged = transfer.addresses;
  if (failure != 0 || std::find(judged.begin(), judged.end(), text.data()) == judged.end()) {
    transfer.stopped =
        Error{Code::kPolicyDenied, "the connection would go to " + std::string(text.data()) +
                                       ", which the host's name did not give"};
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

size_t OnBody(char* data, size_t size, size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  const size_t bytes = size * count;
  if (transfer.request->head && !transfer.head_given) {
    transfer.head_given = true;
    long status = 0;
    curl_easy_getinfo(transfer.curl, CURLINFO_RESPONSE_CODE, &status);
    transfer.response.status = static_cast<int>(status);
    transfer.stopped = transfer.request->head(transfer.response);
    if (!transfer.stopped.ok()) return 0;
  }
  const size_t left = transfer.body_bytes_max - transfer.response.body_bytes;
  if (bytes > left) {
    transfer.stopped = Error{Code::kLimit, "the answer is larger than " +
                                               std::to_string(transfer.body_bytes_max) + " bytes"};
    return 0;
  }
  transfer.response.body_bytes += bytes;
  transfer.stopped = (*transfer.sink)({data, bytes});
  return transfer.stopped.ok() ? bytes : 0;
}

size_t OnHeader(char* data, size_t size, size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  const size_t bytes = size * count;
  transfer.header_bytes += bytes;
  if (transfer.header_bytes > kNetHeaderBytesMax) {
    transfer.stopped = Error{Code::kLimit, "the answer's headers are larger than " +
                                               std::to_string(kNetHeaderBytesMax) + " bytes"};
    return 0;
  }
  const std::string_view line(data, bytes);
  if (line.starts_with("HTTP/")) transfer.response.headers.clear();  // after a 1xx answer
  const size_t colon = line.find(':');
  if (colon == std::string_view::npos) return bytes;
  std::string name(line.substr(0, colon));
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  std::string_view value = line.substr(colon + 1);
  while (!value.empty() && std::strchr(" \t", value.front()) != nullptr) value.remove_prefix(1);
  while (!value.empty() && std::strchr(" \t\r\n", value.back()) != nullptr) value.remove_suffix(1);
  transfer.response.headers.emplace_back(std::move(name), value);
  return bytes;
}

}  // namespace
}  // namespace fathom
