// Every row of the catalogue has its function, and every function its row.

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

#include "host/worker/check/check.h"

namespace pebench::check {
namespace {

TEST(Catalogue, HasAFunctionForEveryRowInItsOrder) {
  std::vector<std::string_view> rows, functions;
  for (const Row& row : catalogue()) rows.push_back(row.id);
  for (const Check& check : checks()) {
    functions.push_back(check.id);
    EXPECT_NE(check.run, nullptr) << check.id;
  }
  EXPECT_EQ(functions, rows);
}

}  // namespace
}  // namespace pebench::check
