#pragma once

#include <functional>
#include <memory>
#include <string>

namespace pebench::watch {

/// Serves one page to browsers of this machine: on 127.0.0.1 alone, under a path that nobody can guess, and
/// to nobody who got there by another name (DNS rebinding).
class Server {
 public:
  /// `page` makes the page and may be called from several threads; what it gave is shown again for so many
  /// seconds. Port 0 takes a free one. Throws InputError if the port cannot be had.
  Server(std::function<std::string()> page, int seconds_shown, int port);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// "http://127.0.0.1:41234/<32 hexadecimal digits>/"
  const std::string& address() const;

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace pebench::watch
