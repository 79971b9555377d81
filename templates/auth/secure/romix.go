package secure

import (
	"crypto/pbkdf2"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/bits"
)

// A romix is the working memory of scrypt (RFC 7914) for one N and r, with p 1.
// It computes what golang.org/x/crypto/scrypt does, which the tests hold it to,
// on memory that can be used again. That package allocates its 32 MiB anew for
// each hash, and under load garbage and fragmentation make a multiple of them,
// so that a budget could not be kept.
type romix struct {
	v    []salsaBlock // N elements of 2r blocks
	x, y []salsaBlock // one element each
}

// A salsaBlock is 64 bytes as Salsa20 sees them.
type salsaBlock [16]uint32

func newROMix(n, r int) *romix {
	return &romix{
		v: make([]salsaBlock, n*2*r),
		x: make([]salsaBlock, 2*r), y: make([]salsaBlock, 2*r),
	}
}

// key derives length bytes from a password (RFC 7914, section 6).
func (m *romix) key(password, salt []byte, length int) ([]byte, error) {
	b, err := pbkdf2.Key(sha256.New, string(password), salt, 1, 64*len(m.x))
	if err != nil {
		return nil, fmt.Errorf("scrypt: %w", err)
	}
	if _, err := binary.Decode(b, binary.LittleEndian, m.x); err != nil {
		return nil, fmt.Errorf("scrypt: %w", err)
	}
	m.mix()
	if _, err := binary.Encode(b, binary.LittleEndian, m.x); err != nil {
		return nil, fmt.Errorf("scrypt: %w", err)
	}
	key, err := pbkdf2.Key(sha256.New, string(password), b, 1, length)
	if err != nil {
		return nil, fmt.Errorf("scrypt: %w", err)
	}
	return key, nil
}

// mix replaces x by scryptROMix of it (section 5). N is a power of two, so that
// the remainder by it is a mask.
func (m *romix) mix() {
	size := len(m.x)
	n := len(m.v) / size
	element := func(i int) []salsaBlock { return m.v[i*size : (i+1)*size] }

	copy(element(0), m.x)
	for i := 1; i < n; i++ {
		blockMix(element(i), element(i-1))
	}
	blockMix(m.x, element(n-1))
	for range n {
		j := int(m.x[size-1][0]) & (n - 1)
		for i, b := range element(j) {
			for k := range b {
				m.x[i][k] ^= b[k]
			}
		}
		blockMix(m.y, m.x)
		m.x, m.y = m.y, m.x
	}
}

// blockMix sets out to scryptBlockMix of in (section 4): even blocks first, then
// the odd ones.
func blockMix(out, in []salsaBlock) {
	x := in[len(in)-1]
	half := len(in) / 2
	for i := range in {
		x.mix(&in[i])
		out[i%2*half+i/2] = x
	}
}

// mix replaces x by Salsa20/8 of x xor b (section 3).
func (x *salsaBlock) mix(b *salsaBlock) {
	for i := range x {
		x[i] ^= b[i]
	}
	x0, x1, x2, x3, x4, x5, x6, x7 := x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7]
	x8, x9, x10, x11, x12, x13, x14, x15 := x[8], x[9], x[10], x[11], x[12], x[13], x[14], x[15]
	for range 4 {
		x4 ^= bits.RotateLeft32(x0+x12, 7)
		x8 ^= bits.RotateLeft32(x4+x0, 9)
		x12 ^= bits.RotateLeft32(x8+x4, 13)
		x0 ^= bits.RotateLeft32(x12+x8, 18)
		x9 ^= bits.RotateLeft32(x5+x1, 7)
		x13 ^= bits.RotateLeft32(x9+x5, 9)
		x1 ^= bits.RotateLeft32(x13+x9, 13)
		x5 ^= bits.RotateLeft32(x1+x13, 18)
		x14 ^= bits.RotateLeft32(x10+x6, 7)
		x2 ^= bits.RotateLeft32(x14+x10, 9)
		x6 ^= bits.RotateLeft32(x2+x14, 13)
		x10 ^= bits.RotateLeft32(x6+x2, 18)
		x3 ^= bits.RotateLeft32(x15+x11, 7)
		x7 ^= bits.RotateLeft32(x3+x15, 9)
		x11 ^= bits.RotateLeft32(x7+x3, 13)
		x15 ^= bits.RotateLeft32(x11+x7, 18)
		x1 ^= bits.RotateLeft32(x0+x3, 7)
		x2 ^= bits.RotateLeft32(x1+x0, 9)
		x3 ^= bits.RotateLeft32(x2+x1, 13)
		x0 ^= bits.RotateLeft32(x3+x2, 18)
		x6 ^= bits.RotateLeft32(x5+x4, 7)
		x7 ^= bits.RotateLeft32(x6+x5, 9)
		x4 ^= bits.RotateLeft32(x7+x6, 13)
		x5 ^= bits.RotateLeft32(x4+x7, 18)
		x11 ^= bits.RotateLeft32(x10+x9, 7)
		x8 ^= bits.RotateLeft32(x11+x10, 9)
		x9 ^= bits.RotateLeft32(x8+x11, 13)
		x10 ^= bits.RotateLeft32(x9+x8, 18)
		x12 ^= bits.RotateLeft32(x15+x14, 7)
		x13 ^= bits.RotateLeft32(x12+x15, 9)
		x14 ^= bits.RotateLeft32(x13+x12, 13)
		x15 ^= bits.RotateLeft32(x14+x13, 18)
	}
	x[0] += x0
	x[1] += x1
	x[2] += x2
	x[3] += x3
	x[4] += x4
	x[5] += x5
	x[6] += x6
	x[7] += x7
	x[8] += x8
	x[9] += x9
	x[10] += x10
	x[11] += x11
	x[12] += x12
	x[13] += x13
	x[14] += x14
	x[15] += x15
}
