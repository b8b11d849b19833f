#pragma once

#include <exception>
#include <new>
#include <stdexcept>

#include "pebench/pebench.h"

#pragma GCC visibility push(hidden)
namespace peb {

/// A legal request that this encoder does not serve, such as an odd head width: PEB_E_UNSUPPORTED.
/// std::invalid_argument becomes PEB_E_INVALID, every other exception PEB_E_INTERNAL.
class Unsupported : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The forward pass has failed already and the host knows why; unwinds the rest of a hook.
class Failed : public std::runtime_error {
 public:
  Failed() : std::runtime_error("the forward pass has failed before") {}
};

namespace border {

/// Runs body() and turns what it throws into a status; report(status, message) hears of it first, except of
/// Failed.
template <class Body, class Report>
peb_status translate(Body&& body, Report&& report) noexcept {
  peb_status status = PEB_E_INTERNAL;
  try {
    body();
    return PEB_OK;
  } catch (const Failed&) {
    return PEB_E_INTERNAL;
  } catch (const Unsupported& error) {
    report(status = PEB_E_UNSUPPORTED, error.what());
  } catch (const std::invalid_argument& error) {
    report(status = PEB_E_INVALID, error.what());
  } catch (const std::bad_alloc&) {
    report(status, "out of memory");
  } catch (const std::exception& error) {
    report(status, error.what());
  } catch (...) {
    report(status, "an exception that is no std::exception");
  }
  return status;
}

}  // namespace border
}  // namespace peb

#pragma GCC visibility pop
