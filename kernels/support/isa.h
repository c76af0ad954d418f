// SPDX-License-Identifier: Apache-2.0
// One function, compiled once per instruction set, chosen at run time.
//
//   FATHOM_DECLARE_ISA(void F(const Args& args);)      in x_isa.h: declares it in every instruction
//                                                      set's namespace
//   FATHOM_PICK(backend.isa(), F)(args)                in x_cpu.cc: calls the one the Backend chose
#pragma once

#if defined(__x86_64__)
#define FATHOM_DECLARE_ISA(declarations) \
  namespace isa_scalar {                 \
  declarations                           \
  }                                      \
  namespace isa_avx2 {                   \
  declarations                           \
  }                                      \
  namespace isa_avx512 {                 \
  declarations                           \
  }
#define FATHOM_PICK(isa, function)                        \
  ((isa) == ::fathom::Isa::kAvx512 ? isa_avx512::function \
   : (isa) == ::fathom::Isa::kAvx2 ? isa_avx2::function   \
                                   : isa_scalar::function)
#else
#define FATHOM_DECLARE_ISA(declarations) \
  namespace isa_scalar {                 \
  declarations                           \
  }
#define FATHOM_PICK(isa, function) ((void)(isa), isa_scalar::function)
#endif
