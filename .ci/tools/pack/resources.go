package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"

	"github.com/tc-hib/winres"
	"github.com/tc-hib/winres/version"
)

// windowsSizes are the sizes in which Windows shows an icon.
var windowsSizes = []int{256, 64, 48, 40, 32, 24, 20, 16}

// iconID is the first icon, the one that Windows shows for the file.
const iconID = winres.ID(1)

// English as of the United States, in which the details of a program are shown where there are none in the person's language.
const english = 0x0409

// resources writes icon, version and manifest beside main.go, where the compiler looks for them.
func resources(release, source string) error {
	m, err := loadMark(source)
	if err != nil {
		return err
	}
	var pictures []image.Image
	for _, size := range windowsSizes {
		pictures = append(pictures, m.draw(size))
	}
	icon, err := winres.NewIconFromImages(pictures)
	if err != nil {
		return err
	}
	set := &winres.ResourceSet{}
	if err := set.SetIcon(iconID, icon); err != nil {
		return err
	}
	var details version.Info
	details.SetFileVersion(release)
	for key, text := range map[string]string{
		version.ProductName: "Milstolpe", version.FileDescription: "Milstolpe", version.OriginalFilename: "milstolpe.exe",
		version.ProductVersion: release, version.FileVersion: release,
	} {
		if err := details.Set(english, key, text); err != nil {
			return err
		}
	}
	details.SetProductVersion(release)
	set.SetVersionInfo(details)
	set.SetManifest(winres.AppManifest{Compatibility: winres.Win10AndAbove, LongPathAware: true})
	for arch, machine := range map[string]winres.Arch{"amd64": winres.ArchAMD64, "arm64": winres.ArchARM64} {
		var object bytes.Buffer
		if err := set.WriteObject(&object, machine); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(source, "resources_windows_"+arch+".syso"), object.Bytes(), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// macSizes are the pictures of an icon on a Mac, by their names in the file.
var macSizes = []struct {
	name string
	side int
}{{"icp4", 16}, {"icp5", 32}, {"ic11", 32}, {"ic12", 64}, {"ic07", 128}, {"ic13", 256}, {"ic08", 256}, {"ic14", 512}, {"ic09", 512}, {"ic10", 1024}}

// icns is an icon as a Mac wants it: pictures one after the other, each with name and length.
func icns(m *mark) ([]byte, error) {
	drawn := map[int][]byte{}
	var all bytes.Buffer
	for _, s := range macSizes {
		if drawn[s.side] == nil {
			var err error
			if drawn[s.side], err = asPNG(m.tile(s.side)); err != nil {
				return nil, err
			}
		}
		all.WriteString(s.name)
		_ = binary.Write(&all, binary.BigEndian, uint32(len(drawn[s.side])+8))
		all.Write(drawn[s.side])
	}
	head := binary.BigEndian.AppendUint32([]byte("icns"), uint32(all.Len()+8))
	return append(head, all.Bytes()...), nil
}

func asPNG(picture image.Image) ([]byte, error) {
	var b bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, picture)
	if err != nil {
		return nil, fmt.Errorf("write a picture: %w", err)
	}
	return b.Bytes(), nil
}
