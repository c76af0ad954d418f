// SPDX-License-Identifier: Apache-2.0
// Against a server that is not ours (Python's), on loopback; addresses against Python's ipaddress.
#include "base/net.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <random>
#include <thread>

namespace fathom {
namespace {

using Clock = std::chrono::steady_clock;

double SecondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

class Net : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    int to_child[2], from_child[2];
    ASSERT_EQ(pipe(to_child), 0);
    ASSERT_EQ(pipe(from_child), 0);
    child_ = fork();
    if (child_ == 0) {
      dup2(to_child[0], 0);
      dup2(from_child[1], 1);
      for (int fd = 3; fd < 64; ++fd) close(fd);
      execlp("python3", "python3", FATHOM_SOURCE_DIR "/base/net_test_server.py", nullptr);
      _exit(127);
    }
    close(to_child[0]);
    close(from_child[1]);
    FILE* lines = fdopen(from_child[0], "r");
    ASSERT_EQ(std::fscanf(lines, "%d", &port_), 1);
  }
  static void TearDownTestSuite() {
    kill(child_, SIGKILL);
    waitpid(child_, nullptr, 0);
  }
  static std::string Url(const std::string& path) {
    return "http://127.0.0.1:" + std::to_string(port_) + path;
  }
  // How often the server was asked, this question included.
  static int Hits() {
    std::string body;
    EXPECT_TRUE(SendHttp({.url = Url("/hits")}, &body).ok());
    int hits = -1;
    std::from_chars(body.data(), body.data() + body.size(), hits);
    return hits;
  }

  static inline pid_t child_ = -1;
  static inline int port_ = 0;
};

TEST_F(Net, GivesThePiecesAsTheyCome) {
  std::string body;
  std::vector<double> times;
  const auto start = Clock::now();
  const auto response = SendHttp({.url = Url("/pieces")}, [&](std::string_view piece) {
    body += piece;
    times.push_back(SecondsSince(start));
    return OkStatus();
  });
  ASSERT_TRUE(response.ok()) << response.error().Text();
  EXPECT_EQ(response->status, 200);
  EXPECT_EQ(body, "one two three");
  EXPECT_EQ(response->body_bytes, body.size());
  EXPECT_EQ(response->Header("x-test"), "a b");
  EXPECT_EQ(response->address, "127.0.0.1");
  ASSERT_GE(times.size(), 2u);
  EXPECT_LT(times.front(), times.back() - 0.2);
}

TEST_F(Net, PostsBodyAndHeaders) {
  std::string body;
  const auto response =
      SendHttp({.url = Url("/echo"),
                .method = "POST",
                .headers = {{"Authorization", "Bearer x"}, {"Content-Type", "application/json"}},
                .body = std::string("{\"a\": \"\0\"}", 10)},
               &body);
  ASSERT_TRUE(response.ok()) << response.error().Text();
  EXPECT_EQ(body, "Bearer x|application/json|" + std::string("{\"a\": \"\0\"}", 10));
}

TEST_F(Net, FollowsNoRedirectAndNoProxy) {
  setenv("http_proxy", "http://127.0.0.1:1/", 1);
  setenv("ALL_PROXY", "http://127.0.0.1:1/", 1);
  std::string body;
  const auto response = SendHttp({.url = Url("/redirect")}, &body);
  unsetenv("http_proxy");
  unsetenv("ALL_PROXY");
  ASSERT_TRUE(response.ok()) << response.error().Text();
  EXPECT_EQ(response->status, 302);
  EXPECT_EQ(body, "there");
}

TEST_F(Net, LimitsEndARequest) {
  std::string body;
  const auto large = SendHttp({.url = Url("/endless"), .body_bytes_max = 1'000'000}, &body);
  ASSERT_FALSE(large.ok());
  EXPECT_EQ(large.error().code, Code::kLimit);
  EXPECT_LE(body.size(), 1'000'000u);
  EXPECT_EQ(SendHttp({.url = Url("/headers")}, &body).error().code, Code::kLimit);
  const auto start = Clock::now();
  const auto late = SendHttp({.url = Url("/silent"), .total_ms_max = 500}, &body);
  EXPECT_EQ(late.error().code, Code::kLimit);
  EXPECT_LT(SecondsSince(start), 5);
  const auto idle = SendHttp({.url = Url("/silent"), .idle_ms_max = 1'000}, &body);
  EXPECT_EQ(idle.error().code, Code::kLimit);
  EXPECT_LT(SecondsSince(start), 10);
}

TEST_F(Net, ACancelIsSeenWhileNothingComes) {
  std::atomic<bool> cancelled{false};
  Clock::time_point asked;
  std::thread canceller([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    asked = Clock::now();
    cancelled = true;
  });
  std::string body;
  const auto response = SendHttp({.url = Url("/silent"), .cancelled = &cancelled}, &body);
  canceller.join();
  ASSERT_FALSE(response.ok());
  EXPECT_EQ(response.error().code, Code::kCancelled);
  EXPECT_LT(SecondsSince(asked), 2);  // 200 ms, and a busy machine
}

TEST_F(Net, TheSinkCanEndIt) {
  const auto response = SendHttp({.url = Url("/endless")}, [](std::string_view) {
    return Status(Error{Code::kLimit, "enough"});
  });
  ASSERT_FALSE(response.ok());
  EXPECT_EQ(response.error().message, "enough");
}

// Every spelling of a place that a stranger's URL may not reach, and no connection is made.
TEST_F(Net, PrivatePlacesAreRefusedInEverySpelling) {
  const std::string port = ":" + std::to_string(port_);
  const int before = Hits();
  for (const char* host : {"127.0.0.1",
                           "127.1",
                           "127.0.1",
                           "2130706433",
                           "0x7f000001",
                           "0x7f.1",
                           "0177.0.0.1",
                           "localhost",
                           "LOCALHOST",
                           "localhost.",
                           "[::1]",
                           "[::ffff:127.0.0.1]",
                           "[::ffff:7f00:1]",
                           "[::127.0.0.1]",
                           "[64:ff9b::7f00:1]",
                           "[2002:7f00:1::]",
                           "0.0.0.0",
                           "0",
                           "[::]",
                           "10.0.0.1",
                           "172.16.0.1",
                           "172.31.255.255",
                           "192.168.0.1",
                           "169.254.169.254",
                           "100.64.0.1",
                           "[fe80::1]",
                           "[fc00::1]",
                           "[fd00:ec2::254]",
                           "224.0.0.1",
                           "255.255.255.255",
                           "[ff02::1]",
                           "198.18.0.1",
                           "192.0.2.1",
                           "[2001:db8::1]",
                           "[2001::1]"}) {
    std::string body;
    const auto response = SendHttp({.url = "http://" + std::string(host) + port + "/pieces",
                                    .public_addresses_only = true,
                                    .connect_ms_max = 2'000},
                                   &body);
    ASSERT_FALSE(response.ok()) << host;
    EXPECT_NE(response.error().code, Code::kLimit) << host << " " << response.error().Text();
    EXPECT_TRUE(response.error().code == Code::kPolicyDenied ||
                response.error().code == Code::kUnavailable ||
                response.error().code == Code::kInvalid)
        << host << " " << response.error().Text();
    EXPECT_TRUE(body.empty());
  }
  EXPECT_EQ(Hits(), before + 1);
}

TEST_F(Net, OnlyPlainHttpUrlsAndHeadersAreSent) {
  std::string body;
  for (const std::string url :
       {"file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "", "127.0.0.1", "http://",
        "http://user@127.0.0.1/", "http://user:pw@127.0.0.1/", "http://a\\@127.0.0.1/",
        "http://127.0.0.1/a b", "http://127.0.0.1/\r\nX: y", "javascript:alert(1)"}) {
    const auto response = SendHttp({.url = url}, &body);
    ASSERT_FALSE(response.ok()) << url;
    EXPECT_EQ(response.error().code, Code::kInvalid) << url << response.error().Text();
  }
  for (const auto& [name, value] : HttpHeaders{{"X", "a\r\nY: b"}, {"X: y\r\nZ", "a"}, {"", "a"}}) {
    const auto response = SendHttp({.url = Url("/pieces"), .headers = {{name, value}}}, &body);
    EXPECT_EQ(response.error().code, Code::kInvalid);
  }
  EXPECT_EQ(SendHttp({.url = Url("/"), .method = "DELETE"}, &body).error().code, Code::kInvalid);
  const auto secret = SendHttp({.url = "http://127.0.0.1:1/?key=secret"}, &body);
  EXPECT_EQ(secret.error().Text().find("secret"), std::string::npos) << secret.error().Text();
}

// What we call public is global in Python's ipaddress too, over special ranges, their borders and
// addresses at random; and ordinary ones are not refused.
TEST(IsPublicAddress, AgreesWithAnotherReadingOfTheRegistries) {
  std::vector<std::string> addresses;
  std::mt19937_64 random(5);
  for (int i = 0; i < 3'000; ++i) {
    const uint64_t bits = random();
    const int heads[] = {0, 10, 100, 127, 169, 172, 192, 198, 203, 224, 240, 255};
    const int head = i % 2 == 0 ? heads[bits % 12] : static_cast<int>(bits % 256);
    std::string v4 = std::to_string(head);
    for (int shift = 8; shift < 32; shift += 8) v4 += "." + std::to_string((bits >> shift) & 255);
    addresses.push_back(v4);
    char v6[64];
    const unsigned v6_heads[] = {0x2001, 0x2002, 0x2620, 0x2a00, 0x3fff, 0x64, 0xfe80, 0xfc00, 0};
    std::snprintf(v6, sizeof(v6), "%x:%x::%x", v6_heads[bits % 9],
                  static_cast<unsigned>((bits >> 16) & (i % 3 == 0 ? 0xFFFF : 0x1FF)),
                  static_cast<unsigned>(bits >> 48));
    addresses.push_back(v6);
  }
  const std::string path = ::testing::TempDir() + "fathom_addresses_" + std::to_string(getpid());
  {
    std::ofstream file(path);
    for (const std::string& address : addresses) file << address << "\n";
  }
  FILE* judge = popen(("python3 -c \"import ipaddress,sys\nfor l in open('" + path +
                       "'): print(int(ipaddress.ip_address(l.strip()).is_global))\"")
                          .c_str(),
                      "r");
  size_t both = 0;
  for (const std::string& address : addresses) {
    int is_global = -1;
    ASSERT_EQ(std::fscanf(judge, "%d", &is_global), 1);
    const bool is_public = IsPublicAddress(address);
    EXPECT_TRUE(!is_public || is_global == 1) << address;
    both += is_public && is_global == 1 ? 1 : 0;
  }
  pclose(judge);
  std::remove(path.c_str());
  EXPECT_GT(both, 1'000u);
  for (const char* address :
       {"1.1.1.1", "8.8.8.8", "93.184.216.34", "2606:4700::1111", "2a00:1450:4001::1"}) {
    EXPECT_TRUE(IsPublicAddress(address)) << address;
  }
  for (const char* text : {"", "1.1.1", "fe80::1%eth0", "example.org", "1.1.1.1 "}) {
    EXPECT_FALSE(IsPublicAddress(text)) << text;
  }
}

}  // namespace
}  // namespace fathom
