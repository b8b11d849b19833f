#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "host/controller/data/columns.h"
#include "host/controller/data/numbering.h"

namespace pebench::data {

/// A dense field of items as NumPy saves it: an array [rows, A] of 16 or 32-bit numbers, and a text that
/// names the item of each row, a line each.
struct Vectors {
  std::string name;  ///< of the field
  std::filesystem::path array;
  std::filesystem::path items;
};

struct ReadVectors {
  FieldColumn column;  ///< whose rows are read from the mapped file when they are written
  std::string note;    ///< for people
};

/// The vectors of these items, zeros for those that have none. Throws InputError for an array of another
/// kind, ids that do not fit it, or where no row is about one of the items; the column's rows throw it for a
/// number that is not finite.
ReadVectors read_vectors(const Vectors& vectors, const Numbering& items);

}  // namespace pebench::data
