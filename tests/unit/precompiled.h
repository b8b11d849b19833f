// The same for tests: what host/precompiled.h has, and GoogleTest.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "host/precompiled.h"
