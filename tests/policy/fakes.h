// SPDX-License-Identifier: Apache-2.0
// Stand-ins for a model that has been taken over. They exist in tests only.
//
//  * The obedient fake does whatever a text tells it to, in whatever carrier the order comes.
//  * The hostile fake makes calls of its own: from pools of nasty arguments, then mutated.
#pragma once

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "tools/execute.h"

namespace fathom {

// The ways in which a document can carry an order.
std::vector<std::string> CarrierNames();
// `order` is one call as JSON on one line. "" when the carrier is the file's name.
std::string Carry(std::string_view carrier, std::string_view order);
// The name of the file that carries the order, "notes.md" for carriers that lie in the text.
std::string CarryInName(std::string_view carrier, std::string_view order);

// The calls that a text orders, however hidden: the obedient fake.
std::vector<ToolRequest> OrdersIn(std::string_view text);

// The calls an attacker would want, as orders.
std::vector<std::string> AttackOrders();

class HostileFake {
 public:
  explicit HostileFake(uint64_t seed) : random_(seed) {}
  ToolRequest Next();

 private:
  size_t Pick(size_t count) { return static_cast<size_t>(random_() % count); }
  std::string AnyPath();
  std::string AnyText();
  std::string AnyPatch();
  Json AnyValue(size_t depth);
  void Mutate(Json* arguments);

  std::mt19937_64 random_;
};

}  // namespace fathom
