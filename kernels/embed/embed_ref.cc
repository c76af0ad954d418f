// SPDX-License-Identifier: Apache-2.0
#include "kernels/embed/embed.h"

namespace fathom {

Status EmbedReference(const EmbedArgs& args) {
  const size_t row_bytes = DTypeRowBytes(args.type, args.hidden);
  for (size_t t = 0; t < args.tokens.size(); ++t) {
    const size_t token = static_cast<size_t>(args.tokens[t]);
    DequantizeRow(args.type, args.table.data() + token * row_bytes, args.hidden,
                  args.out + t * args.hidden);
  }
  return OkStatus();
}

}  // namespace fathom
