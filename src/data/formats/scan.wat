;; Finds the structure of delimiter-separated text, 64 bytes at a time: which newlines and delimiters stand
;; outside quotes. A block whose quotes are not where RFC 4180 puts them (first in a field, or doubled inside
;; one) goes byte by byte through the same states, so that a stray quote in a field is an ordinary character.
;;
;; States: 0 at the start of a field, 1 in an unquoted field, 2 inside quotes, 3 after a quote inside quotes.
;; The two bytes before `from` must be those that came before it in the file (newlines at its start).
(module
  (memory (export "memory") 1 1024)
  (global $newline (export "newline") (mut i32) (i32.const 10))
  (global $delimiter (export "delimiter") (mut i32) (i32.const 44))
  (global $quote (export "quote") (mut i32) (i32.const 34))
  (global $state (export "state") (mut i32) (i32.const 0))
  (global $rows (export "rows") (mut i64) (i64.const 0))
  (global $blanks (export "blanks") (mut i64) (i64.const 0))
  ;; Rows whose delimiters are not `expected` many; blank lines are among them.
  (global $uneven (export "uneven") (mut i64) (i64.const 0))
  (global $expected (export "expected") (mut i32) (i32.const 0))
  (global $inRow (export "inRow") (mut i32) (i32.const 0)) ;; delimiters of the row so far
  (global $opened (export "opened") (mut i32) (i32.const -1)) ;; where the last quote opened
  (global $strays (export "strays") (mut i64) (i64.const 0))
  (global $previous (mut i64) (i64.const 0)) ;; newlines of the block before
  (global $out (mut i32) (i32.const 0))

  (func $mask (param $at i32) (param $byte v128) (result i64)
    (i64.or
      (i64.or
        (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (v128.load offset=0 (local.get $at)) (local.get $byte))))
        (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (v128.load offset=16 (local.get $at)) (local.get $byte)))) (i64.const 16)))
      (i64.or
        (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (v128.load offset=32 (local.get $at)) (local.get $byte)))) (i64.const 32))
        (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (v128.load offset=48 (local.get $at)) (local.get $byte)))) (i64.const 48)))))

  ;; Bit i becomes the parity of bits 0 to i: set from an opening quote until the byte before the closing one.
  (func $parity (param $bits i64) (result i64)
    (local.set $bits (i64.xor (local.get $bits) (i64.shl (local.get $bits) (i64.const 1))))
    (local.set $bits (i64.xor (local.get $bits) (i64.shl (local.get $bits) (i64.const 2))))
    (local.set $bits (i64.xor (local.get $bits) (i64.shl (local.get $bits) (i64.const 4))))
    (local.set $bits (i64.xor (local.get $bits) (i64.shl (local.get $bits) (i64.const 8))))
    (local.set $bits (i64.xor (local.get $bits) (i64.shl (local.get $bits) (i64.const 16))))
    (i64.xor (local.get $bits) (i64.shl (local.get $bits) (i64.const 32))))

  (func $isBlank (param $at i32) (result i32)
    (local $before i32)
    (local.set $before (i32.load8_u (i32.sub (local.get $at) (i32.const 1))))
    (i32.or
      (i32.eq (local.get $before) (global.get $newline))
      (i32.and
        (i32.eq (local.get $before) (i32.const 13))
        (i32.eq (i32.load8_u (i32.sub (local.get $at) (i32.const 2))) (global.get $newline)))))

  (func $endRow (param $delimiters i32)
    (if (i32.ne (local.get $delimiters) (global.get $expected))
      (then (global.set $uneven (i64.add (global.get $uneven) (i64.const 1))))))

  (func $emit (param $at i32)
    (i32.store (global.get $out) (local.get $at))
    (global.set $out (i32.add (global.get $out) (i32.const 4))))

  (func $bytewise (param $from i32) (param $to i32) (param $index i32)
    (local $byte i32)
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $from) (local.get $to)))
      (local.set $byte (i32.load8_u (local.get $from)))
      (if (i32.eq (global.get $state) (i32.const 2))
        (then (if (i32.eq (local.get $byte) (global.get $quote)) (then (global.set $state (i32.const 3)))))
        (else
          (if (i32.eq (local.get $byte) (global.get $newline))
            (then
              (global.set $rows (i64.add (global.get $rows) (i64.const 1)))
              (if (call $isBlank (local.get $from))
                (then (global.set $blanks (i64.add (global.get $blanks) (i64.const 1)))))
              (call $endRow (global.get $inRow))
              (global.set $inRow (i32.const 0))
              (global.set $state (i32.const 0))
              (if (local.get $index) (then (call $emit (local.get $from)))))
            (else (if (i32.eq (local.get $byte) (global.get $delimiter))
              (then
                (global.set $inRow (i32.add (global.get $inRow) (i32.const 1)))
                (global.set $state (i32.const 0))
                (if (local.get $index) (then (call $emit (local.get $from)))))
              (else (if (i32.eq (local.get $byte) (global.get $quote))
                (then
                  (if (i32.eq (global.get $state) (i32.const 1))
                    (then (global.set $strays (i64.add (global.get $strays) (i64.const 1))))
                    (else
                      (if (i32.eqz (global.get $state)) (then (global.set $opened (local.get $from))))
                      (global.set $state (i32.const 2)))))
                (else (global.set $state (i32.const 1))))))))))
      (local.set $from (i32.add (local.get $from) (i32.const 1)))
      (br $next))))

  ;; Scans `from` to `to`; where `index` is not 0, writes there the place of every delimiter and newline that
  ;; stands outside quotes, and returns the place after the last one written.
  (func (export "scan") (param $from i32) (param $to i32) (param $index i32) (result i32)
    (local $n i64) (local $d i64) (local $q i64) (local $in i64) (local $open i64) (local $blank i64) (local $bits i64)
    (local $last i32) (local $seen i32) (local $below i32)
    (local $newlines v128) (local $delimiterBytes v128) (local $quotes v128)
    (global.set $out (local.get $index))
    (global.set $opened (i32.const -1))
    (local.set $newlines (i8x16.splat (global.get $newline)))
    (local.set $delimiterBytes (i8x16.splat (global.get $delimiter)))
    (local.set $quotes (i8x16.splat (global.get $quote)))
    ;; Newlines of the bytes before `from`, so that a blank line at the seam is seen.
    (global.set $previous (i64.const -1))
    (block $done (loop $next
      (br_if $done (i32.gt_u (i32.add (local.get $from) (i32.const 64)) (local.get $to)))
      (local.set $q (call $mask (local.get $from) (local.get $quotes)))
      (local.set $n (call $mask (local.get $from) (local.get $newlines)))
      (local.set $d (call $mask (local.get $from) (local.get $delimiterBytes)))
      (block $counted
        (if (i32.or (i64.ne (local.get $q) (i64.const 0)) (i32.ge_s (global.get $state) (i32.const 2)))
          (then
            (local.set $in (i64.xor (call $parity (local.get $q))
              (select (i64.const -1) (i64.const 0) (i32.eq (global.get $state) (i32.const 2)))))
            (local.set $open (i64.and (local.get $q) (local.get $in)))
            ;; An opening quote stands first in a field, or doubles the quote before it.
            (if (i64.ne (i64.const 0) (i64.and (local.get $open) (i64.xor (i64.const -1) (i64.or
                  (i64.shl (i64.or (local.get $q) (i64.or (local.get $n) (local.get $d))) (i64.const 1))
                  (i64.extend_i32_u (i32.ne (global.get $state) (i32.const 1)))))))
              (then
                (call $bytewise (local.get $from) (i32.add (local.get $from) (i32.const 64)) (local.get $index))
                (global.set $previous (i64.const -1))
                (br $counted)))
            (if (i64.ne (local.get $open) (i64.const 0))
              (then (global.set $opened (i32.add (local.get $from)
                (i32.sub (i32.const 63) (i32.wrap_i64 (i64.clz (local.get $open))))))))
            (local.set $n (i64.and (local.get $n) (i64.xor (local.get $in) (i64.const -1))))
            (local.set $d (i64.and (local.get $d) (i64.xor (local.get $in) (i64.const -1)))))
          (else (local.set $in (i64.const 0))))
        (global.set $rows (i64.add (global.get $rows) (i64.popcnt (local.get $n))))
        ;; The delimiters of each row that ends here: those up to its newline, less those of the rows before.
        (local.set $seen (i32.sub (i32.const 0) (global.get $inRow)))
        (local.set $bits (local.get $n))
        (block $noRow (loop $nextRow
          (br_if $noRow (i64.eqz (local.get $bits)))
          (local.set $below (i32.wrap_i64 (i64.popcnt (i64.and (local.get $d)
            (i64.sub (i64.and (local.get $bits) (i64.sub (i64.const 0) (local.get $bits))) (i64.const 1))))))
          (call $endRow (i32.sub (local.get $below) (local.get $seen)))
          (local.set $seen (local.get $below))
          (local.set $bits (i64.and (local.get $bits) (i64.sub (local.get $bits) (i64.const 1))))
          (br $nextRow)))
        (global.set $inRow (i32.sub (i32.wrap_i64 (i64.popcnt (local.get $d))) (local.get $seen)))
        ;; A newline one or two bytes after another may end a blank line ("\n\n", "\n\r\n").
        (local.set $blank (i64.and (local.get $n) (i64.or
          (i64.or (i64.shl (local.get $n) (i64.const 1)) (i64.shr_u (global.get $previous) (i64.const 63)))
          (i64.or (i64.shl (local.get $n) (i64.const 2)) (i64.shr_u (global.get $previous) (i64.const 62))))))
        (global.set $previous (local.get $n))
        (block $noBlank (loop $nextBlank
          (br_if $noBlank (i64.eqz (local.get $blank)))
          (if (call $isBlank (i32.add (local.get $from) (i32.wrap_i64 (i64.ctz (local.get $blank)))))
            (then (global.set $blanks (i64.add (global.get $blanks) (i64.const 1)))))
          (local.set $blank (i64.and (local.get $blank) (i64.sub (local.get $blank) (i64.const 1))))
          (br $nextBlank)))
        (if (local.get $index)
          (then
            (local.set $bits (i64.or (local.get $n) (local.get $d)))
            (block $noBits (loop $nextBit
              (br_if $noBits (i64.eqz (local.get $bits)))
              (call $emit (i32.add (local.get $from) (i32.wrap_i64 (i64.ctz (local.get $bits)))))
              (local.set $bits (i64.and (local.get $bits) (i64.sub (local.get $bits) (i64.const 1))))
              (br $nextBit)))))
        (if (i64.lt_s (local.get $in) (i64.const 0))
          (then (global.set $state (i32.const 2)))
          (else
            (local.set $last (i32.load8_u offset=63 (local.get $from)))
            (global.set $state
              (if (result i32) (i32.eq (local.get $last) (global.get $quote))
                (then (i32.const 3))
                (else (i32.eqz (i32.or
                  (i32.eq (local.get $last) (global.get $newline))
                  (i32.eq (local.get $last) (global.get $delimiter))))))))))
      (local.set $from (i32.add (local.get $from) (i32.const 64)))
      (br $next)))
    (call $bytewise (local.get $from) (local.get $to) (local.get $index))
    (global.get $out)))
