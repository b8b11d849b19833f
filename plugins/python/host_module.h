#pragma once

#include <pebench/plugin.hpp>
#include <vector>

namespace python {

/// Makes the module pebench._host importable: the operation table of the host, for the package pebench
/// (abi/python/pebench/_host.pyi describes it). Throws Raised.
void add_host_module();

/// What an encoding has declared; Python knows a parameter by its index.
using Parameters = std::vector<peb::Parameter>;

/// What pebench._host works on in this thread, as long as this object lives: the build phase of an instance,
/// or one of its forward passes.
class Current {
 public:
  Current(peb::Build& build, Parameters& parameters);
  Current(const peb::Pass& pass, Parameters& parameters);
  ~Current();
  Current(const Current&) = delete;
  Current& operator=(const Current&) = delete;
};

}  // namespace python
